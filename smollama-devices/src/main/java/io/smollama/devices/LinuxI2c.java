package io.smollama.devices;

import com.diozero.api.DeviceBusyException;
import com.diozero.api.I2CDevice;
import com.diozero.api.I2CDeviceInterface;
import com.diozero.api.RuntimeIOException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The buses of a Linux machine through diozero. What can be seen in the files of the kernel is
 * looked at first: the native library tells it less well, and prints to the terminal. Immutable.
 *
 * @param root the folder that holds {@code /dev} and {@code /sys}
 * @param opener takes a chip where nothing speaks against it
 */
record LinuxI2c(Path root, Function<I2cPlace, I2CDeviceInterface> opener) implements I2cBuses {
  private static final int NO_SUCH_FILE = -2;
  private static final int IO_ERROR = -5;
  private static final int NO_SUCH_ADDRESS = -6;
  private static final int NO_RIGHT = -13;
  private static final int BUSY = -16;
  private static final int NO_DEVICE = -19;
  private static final int TIMED_OUT = -110;
  private static final int NOBODY = -121;

  static LinuxI2c ofThisMachine() {
    return new LinuxI2c(
        Path.of("/"),
        place -> I2CDevice.builder(place.address()).setController(place.bus()).build());
  }

  @Override
  public I2CDeviceInterface open(I2cPlace place) {
    Path bus = root.resolve("dev/i2c-" + place.bus());
    if (!Files.exists(bus)) {
      throw noBus(place);
    } else if (!Files.isReadable(bus) || !Files.isWritable(bus)) {
      throw noRight(place);
    }
    Path kernel = root.resolve("sys/bus/i2c/devices").resolve(place.kernelName());
    if (Files.exists(kernel.resolve("driver"))) {
      throw busy(place, kernel);
    }
    return opener.apply(place);
  }

  @Override
  public DeviceFault explain(I2cPlace place, Throwable failure) {
    Path kernel = root.resolve("sys/bus/i2c/devices").resolve(place.kernelName());
    int error = failure instanceof RuntimeIOException io ? io.getError() : 0;
    if (failure instanceof LinkageError) {
      return NativeLibrary.missing(failure);
    } else if (failure instanceof DeviceBusyException || error == BUSY) {
      return busy(place, kernel);
    }
    return switch (error) {
      case NO_SUCH_FILE -> noBus(place);
      case NO_RIGHT -> noRight(place);
      case NOBODY, NO_SUCH_ADDRESS, NO_DEVICE, IO_ERROR ->
          DeviceFault.passing(
              "nothing answers at this address",
              "Look at the wires; 'i2cdetect -y %d' shows who is there".formatted(place.bus()),
              failure);
      case TIMED_OUT ->
          DeviceFault.passing(
              "the bus stands still",
              "A wire is loose, or a chip holds the bus: take its power away for a moment",
              failure);
      default -> DeviceFault.passing(String.valueOf(failure.getMessage()), "", failure);
    };
  }

  private DeviceFault noBus(I2cPlace place) {
    String others;
    try (Stream<Path> files = Files.list(root.resolve("dev"))) {
      others =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("i2c-\\d+"))
              .sorted()
              .collect(Collectors.joining(", "));
    } catch (IOException e) {
      others = "";
    }
    return DeviceFault.lasting(
        "there is no bus /dev/i2c-%d".formatted(place.bus())
            + (others.isEmpty() ? "" : ", only " + others),
        "Switch it on with 'sudo raspi-config nonint do_i2c 0', or dtparam=i2c_arm=on in"
            + " /boot/firmware/config.txt, and start again");
  }

  private static DeviceFault noRight(I2cPlace place) {
    return DeviceFault.lasting(
        "no right to use /dev/i2c-%d".formatted(place.bus()),
        "Put the user that runs this into the group i2c: 'sudo usermod -aG i2c USER', then log in"
            + " again");
  }

  /** A driver of the kernel has the chip; what that measures can be read. */
  private static DeviceFault busy(I2cPlace place, Path kernel) {
    String driver;
    try {
      driver = kernel.resolve("driver").toRealPath().getFileName().toString();
    } catch (IOException e) {
      return DeviceFault.passing("another program uses the chip", "End that one", e);
    }
    String name;
    try {
      name = Files.readString(kernel.resolve("name")).strip();
    } catch (IOException e) {
      name = driver;
    }
    String instead =
        Files.exists(kernel.resolve("hwmon")) ? "hwmon" : hasIio(kernel) ? "iio" : "iio or hwmon";
    return DeviceFault.lasting(
        "the kernel's driver %s has the chip".formatted(driver),
        "Read what that measures, {driver: %s, chip: %s}, or take it away: 'echo %s | sudo tee /sys/bus/i2c/drivers/%s/unbind'"
            .formatted(instead, name, place.kernelName(), driver));
  }

  private static boolean hasIio(Path kernel) {
    try (Stream<Path> files = Files.list(kernel)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith("iio:device"));
    } catch (IOException e) {
      return false;
    }
  }
}
