package io.smollama.devices;

import com.diozero.devices.HCSR04;
import com.diozero.internal.spi.InternalDeviceInterface;
import com.diozero.internal.spi.NativeDeviceFactoryInterface;
import com.diozero.sbc.DeviceFactoryHelper;
import io.smollama.core.Units;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * HC-SR04 through diozero's driver, which waits for the echo with the processor busy, for a second
 * at most, and so runs on the device's own thread. One thread at a time.
 */
final class Hcsr04Sensor implements Sensor {
  private static final double NEAREST = 2;
  private static final double FARTHEST = 400;

  /** diozero's words for a pin that is refused; the number behind them is not to be relied on. */
  private static final String REFUSED = "Error in provisionGpio";

  private final Path chips;
  private final Supplier<DistanceMeter> opener;
  private @Nullable DistanceMeter meter;

  /**
   * Opens nothing yet.
   *
   * @param chips the folder that holds {@code gpiochip0}
   */
  Hcsr04Sensor(Path chips, Supplier<DistanceMeter> opener) {
    this.chips = chips;
    this.opener = opener;
  }

  static DistanceMeter byDiozero(int trigger, int echo) {
    HCSR04 sensor;
    try {
      sensor = new HCSR04(trigger, echo);
    } catch (RuntimeException e) {
      release(trigger); // else it is taken for as long as the program runs
      throw e;
    }
    return new DistanceMeter() {
      @Override
      public double centimeters() {
        return sensor.getDistanceCm();
      }

      @Override
      public void close() {
        sensor.close();
      }
    };
  }

  private static void release(int gpio) {
    NativeDeviceFactoryInterface board = DeviceFactoryHelper.getNativeDeviceFactory();
    board
        .getBoardPinInfo()
        .getByGpioNumber(gpio)
        .map(pin -> board.<InternalDeviceInterface>getDevice(board.createPinKey(pin)))
        .ifPresent(InternalDeviceInterface::close);
  }

  @Override
  public List<Quantity> quantities() {
    return List.of(new Quantity("distance", Units.CENTIMETER));
  }

  @Override
  public List<Measured> measure() {
    if (meter == null) {
      Path pins = chips.resolve("gpiochip0");
      if (!Files.exists(pins)) {
        throw DeviceFault.lasting("this machine has no pins, there is no /dev/gpiochip0", "");
      } else if (!Files.isReadable(pins) || !Files.isWritable(pins)) {
        throw DeviceFault.lasting(
            "no right to use /dev/gpiochip0",
            "Put the user that runs this into the group gpio: 'sudo usermod -aG gpio USER', then log"
                + " in again");
      }
      meter = opener.get();
    }
    double centimeters = meter.centimeters();
    if (centimeters < 0) {
      throw DeviceFault.passing(
          "no echo",
          "Look at the wires of trigger and echo, and at its power; it needs 5 V, and a divider"
              + " before the echo pin");
    }
    Measured distance =
        Measured.of("distance", Math.round(centimeters * 10) / 10.0, Units.CENTIMETER);
    boolean can = centimeters >= NEAREST && centimeters < FARTHEST;
    return List.of(can ? distance : distance.doubted("it measures 2 to 400 cm"));
  }

  @Override
  public DeviceFault explain(Throwable failure) {
    String words = String.valueOf(failure.getMessage());
    if (failure instanceof LinkageError) {
      return NativeLibrary.missing(failure);
    } else if (words.startsWith(REFUSED)) {
      return DeviceFault.passing(
          "the pins cannot be had",
          "Most likely another program uses one; 'gpioinfo' says which and who",
          failure);
    }
    return DeviceFault.passing(words, "", failure);
  }

  @Override
  public void close() {
    DistanceMeter open = meter;
    meter = null;
    if (open != null) {
      open.close();
    }
  }
}
