package io.smollama.devices;

import com.diozero.devices.McpAdc;
import io.smollama.core.Units;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Microchip MCP3008 on an SPI bus, through diozero's driver. One thread at a time. */
final class Mcp3008Sensor implements Sensor {
  private final List<Integer> channels;
  private final double fullScale;
  private final Path file;
  private final Supplier<AnalogInputs> opener;
  private @Nullable AnalogInputs inputs;

  /**
   * Opens nothing yet.
   *
   * @param file the bus and chip select as the kernel has them, {@code /dev/spidev0.0}
   */
  Mcp3008Sensor(
      List<Integer> channels, double fullScale, Path file, Supplier<AnalogInputs> opener) {
    this.channels = List.copyOf(channels);
    this.fullScale = fullScale;
    this.file = file;
    this.opener = opener;
  }

  static AnalogInputs byDiozero(int bus, int chipSelect, double fullScale) {
    McpAdc converter = new McpAdc(McpAdc.Type.MCP3008, bus, chipSelect, (float) fullScale);
    return new AnalogInputs() {
      @Override
      public double fraction(int channel) {
        return converter.getValue(channel);
      }

      @Override
      public void close() {
        converter.close();
      }
    };
  }

  @Override
  public List<Quantity> quantities() {
    return channels.stream().map(channel -> new Quantity("channel" + channel, Units.VOLT)).toList();
  }

  @Override
  public List<Measured> measure() {
    AnalogInputs open = open();
    return channels.stream()
        .map(channel -> volts(channel, open.fraction(channel) * fullScale))
        .toList();
  }

  private static Measured volts(int channel, double volts) {
    return Measured.of("channel" + channel, Math.round(volts * 1e4) / 1e4, Units.VOLT);
  }

  private AnalogInputs open() {
    if (inputs == null) {
      if (!Files.exists(file)) {
        throw DeviceFault.lasting(
            "there is no " + file,
            "Switch SPI on with 'sudo raspi-config nonint do_spi 0', or dtparam=spi=on in"
                + " /boot/firmware/config.txt, and start again");
      } else if (!Files.isReadable(file) || !Files.isWritable(file)) {
        throw DeviceFault.lasting(
            "no right to use " + file,
            "Put the user that runs this into the group spi: 'sudo usermod -aG spi USER', then log"
                + " in again");
      }
      inputs = opener.get();
    }
    return inputs;
  }

  /** A converter on SPI cannot be asked whether it is there. */
  @Override
  public DeviceFault explain(Throwable failure) {
    return failure instanceof LinkageError
        ? NativeLibrary.missing(failure)
        : DeviceFault.passing(String.valueOf(failure.getMessage()), "", failure);
  }

  @Override
  public void close() {
    AnalogInputs open = inputs;
    inputs = null;
    if (open != null) {
      open.close();
    }
  }
}
