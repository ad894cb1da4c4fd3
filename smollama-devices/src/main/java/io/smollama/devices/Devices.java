package io.smollama.devices;

import com.diozero.util.SleepUtil;
import io.smollama.core.ReadingProvider;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Makes what is configured: a provider of readings of each sensor, and the displays. Nothing is
 * opened before the first read or line, so that what is not there keeps nothing from starting.
 * Immutable.
 */
public final class Devices {
  private static final double REFERENCE = 3.3;
  private static final double RANGE = 4.096;

  private final DevicesConfig config;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Path root;
  private final I2cBuses buses;

  Devices(
      DevicesConfig config, InstantSource clock, LongSupplier nanos, Path root, I2cBuses buses) {
    this.config = config;
    this.clock = clock;
    this.nanos = nanos;
    this.root = root;
    this.buses = buses;
  }

  /**
   * Those that are wired to this machine.
   *
   * @param nanos a clock that never goes back, {@code System::nanoTime}
   */
  public static Devices ofThisMachine(
      DevicesConfig config, InstantSource clock, LongSupplier nanos) {
    if (!config.devices().isEmpty()) {
      DiozeroLog.lead();
    }
    return new Devices(config, clock, nanos, Path.of("/"), LinuxI2c.ofThisMachine());
  }

  /** A provider of each sensor, in order; its type is the name of the sensor. */
  public List<ReadingProvider> sensors() {
    return config.devices().stream()
        .filter(device -> device.drivenBy().measures())
        .<ReadingProvider>map(device -> new DeviceReadings(device, sensor(device), clock))
        .toList();
  }

  /** The displays, in order. */
  public Displays displays() {
    return new Displays(
        config.devices().stream()
            .filter(device -> device.drivenBy() == DeviceDriver.HD44780)
            .map(this::display)
            .toList());
  }

  private DisplayLane display(DeviceConfig device) {
    return new DisplayLane(
        device.name(),
        device.describe(),
        new Hd44780Display(device, buses),
        device.lines().orElse(List.of()).stream().map(DisplayLine::new).toList(),
        nanos);
  }

  private Sensor sensor(DeviceConfig device) {
    Pause pause = SleepUtil::sleepMillis;
    return switch (device.drivenBy()) {
      case BME280 -> chip(device, new Bmx280Chip(true, pause));
      case BMP280 -> chip(device, new Bmx280Chip(false, pause));
      case BMP180 -> chip(device, new Bmp180Chip(pause));
      case BH1750 -> chip(device, new Bh1750Chip(pause));
      case ADS1115 ->
          chip(
              device,
              new Ads1115Chip(channels(device, 4), device.fullScale().orElse(RANGE), pause));
      case MCP3008 -> mcp3008(device);
      case HCSR04 ->
          new Hcsr04Sensor(
              root.resolve("dev"),
              () ->
                  Hcsr04Sensor.byDiozero(
                      device.trigger().orElseThrow(), device.echo().orElseThrow()));
      case DS18B20 ->
          new Ds18b20Sensor(root.resolve("sys/bus/w1/devices"), device.id().orElseThrow());
      case IIO -> new IioSensor(folder(device, "/sys/bus/iio/devices"));
      case HWMON -> new HwmonSensor(folder(device, "/sys/class/hwmon"));
      case HD44780 -> throw new IllegalArgumentException("A display measures nothing");
    };
  }

  private Sensor chip(DeviceConfig device, ChipProtocol protocol) {
    return new I2cSensor(device.i2c(), buses, protocol);
  }

  private Sensor mcp3008(DeviceConfig device) {
    int bus = device.busOr(0);
    int chipSelect = device.chipSelect().orElse(0);
    double volts = device.fullScale().orElse(REFERENCE);
    return new Mcp3008Sensor(
        channels(device, 8),
        volts,
        root.resolve("dev/spidev%d.%d".formatted(bus, chipSelect)),
        () -> Mcp3008Sensor.byDiozero(bus, chipSelect, volts));
  }

  private static List<Integer> channels(DeviceConfig device, int count) {
    return device.channels().orElseGet(() -> IntStream.range(0, count).boxed().toList());
  }

  private KernelFolder folder(DeviceConfig device, String all) {
    return new KernelFolder(root, Path.of(all), device.path(), device.chip());
  }
}
