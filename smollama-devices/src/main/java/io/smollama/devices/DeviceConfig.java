package io.smollama.devices;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One device that is wired to the board; each driver takes keys of its own. Immutable.
 *
 * @param name what people call it; its sources are {@code NAME:temperature} and so on
 * @param driver what it is
 * @param bus the number of the I2C bus, usually 1, or of the SPI bus, usually 0
 * @param address where it is on the I2C bus; empty for the chip's usual one
 * @param id what a 1-wire sensor is called in {@code /sys/bus/w1/devices}: {@code 28-0000075a6f1c}
 * @param path the folder of a driver of the kernel
 * @param chip in place of the path, what that driver calls its chip
 * @param trigger the GPIO number that begins a measurement of distance
 * @param echo the GPIO number of its answer
 * @param chipSelect which chip of the SPI bus it is, usually 0
 * @param channels which inputs of a converter are wired; empty for all
 * @param fullScale the voltage of a converter's largest number
 * @param columns how many characters a line of a display has, usually 16
 * @param rows how many lines it has, usually 2
 * @param lines what they show: text with sources in braces, {@code Balcony {balcony:temperature}}
 */
public record DeviceConfig(
    String name,
    Optional<DeviceDriver> driver,
    Optional<Integer> bus,
    Optional<Integer> address,
    Optional<String> id,
    Optional<Path> path,
    Optional<String> chip,
    Optional<Integer> trigger,
    Optional<Integer> echo,
    Optional<Integer> chipSelect,
    Optional<List<Integer>> channels,
    Optional<Double> fullScale,
    Optional<Integer> columns,
    Optional<Integer> rows,
    Optional<List<String>> lines) {

  public DeviceConfig {
    channels = channels.map(List::copyOf);
    lines = lines.map(List::copyOf);
    new DeviceRules(name, driver)
        .check(
            new DeviceRules.Given(
                bus,
                address,
                id,
                path,
                chip,
                trigger,
                echo,
                chipSelect,
                channels,
                fullScale,
                columns,
                rows,
                lines));
  }

  private DeviceConfig(
      String name,
      DeviceDriver driver,
      Optional<Integer> bus,
      Optional<Integer> address,
      Optional<String> id,
      Optional<Path> path) {
    this(
        name,
        Optional.of(driver),
        bus,
        address,
        id,
        path,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A chip on an I2C bus, at one of its addresses. */
  public static DeviceConfig onI2c(String name, DeviceDriver driver, int bus, int address) {
    return new DeviceConfig(
        name, driver, Optional.of(bus), Optional.of(address), Optional.empty(), Optional.empty());
  }

  /** A DS18B20 by what the kernel calls it. */
  public static DeviceConfig onOneWire(String name, String id) {
    return new DeviceConfig(
        name,
        DeviceDriver.DS18B20,
        Optional.empty(),
        Optional.empty(),
        Optional.of(id),
        Optional.empty());
  }

  /** What a driver of the kernel measures. */
  public static DeviceConfig ofKernel(String name, DeviceDriver driver, Path path) {
    return new DeviceConfig(
        name, driver, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(path));
  }

  /** What it is. */
  DeviceDriver drivenBy() {
    return driver.orElseThrow();
  }

  int busOr(int usual) {
    return bus.orElse(usual);
  }

  /** Where it is on an I2C bus. */
  I2cPlace i2c() {
    return new I2cPlace(busOr(1), address.orElseGet(() -> drivenBy().addresses().get(0)));
  }

  /** What nothing else may be wired to as well: an address, a file, pins. */
  List<String> occupies() {
    return switch (drivenBy()) {
      case DS18B20 -> List.of("1-wire " + id.orElseThrow());
      case HCSR04 -> List.of("GPIO " + trigger.orElseThrow(), "GPIO " + echo.orElseThrow());
      case MCP3008 -> List.of("spi %d.%d".formatted(busOr(0), chipSelect.orElse(0)));
      case IIO, HWMON ->
          List.of(drivenBy().word() + " " + path.map(Path::toString).orElseGet(chip::orElseThrow));
      default -> List.of(i2c().toString());
    };
  }

  /** Driver and place, for people: {@code bme280 at i2c-1 0x76}. */
  public String describe() {
    String place = drivenBy() == DeviceDriver.HCSR04 ? pins() : occupies().get(0);
    return place.startsWith(drivenBy().word())
        ? place
        : "%s at %s".formatted(drivenBy().word(), place);
  }

  /** Whether it measures; a display does not. */
  public boolean measures() {
    return drivenBy().measures();
  }

  /** The GPIO pins that it is wired to, which nobody else may use. */
  public List<Integer> gpioPins() {
    return trigger.isEmpty() ? List.of() : List.of(trigger.get(), echo.orElseThrow());
  }

  private String pins() {
    return "GPIO %d and %d".formatted(trigger.orElseThrow(), echo.orElseThrow());
  }
}
