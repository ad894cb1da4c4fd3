package io.smollama.devices;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What can be wired to a board and is known by name. Immutable. */
public enum DeviceDriver {
  /** Bosch BME280: temperature, humidity, pressure. */
  BME280(Set.of("bus", "address"), List.of(0x76, 0x77)),
  /** Bosch BMP280: temperature, pressure. */
  BMP280(Set.of("bus", "address"), List.of(0x76, 0x77)),
  /** Bosch BMP180 and BMP085: temperature, pressure. */
  BMP180(Set.of("bus", "address"), List.of(0x77)),
  /** Rohm BH1750: light. */
  BH1750(Set.of("bus", "address"), List.of(0x23, 0x5c)),
  /** Texas Instruments ADS1115: four voltages. */
  ADS1115(Set.of("bus", "address", "channels", "full_scale"), List.of(0x48, 0x49, 0x4a, 0x4b)),
  /** Microchip MCP3008: eight voltages. */
  MCP3008(Set.of("bus", "chip_select", "channels", "full_scale"), List.of()),
  /** Maxim DS18B20 through the kernel: temperature. */
  DS18B20(Set.of("id"), List.of()),
  /** HC-SR04: distance. */
  HCSR04(Set.of("trigger", "echo"), List.of()),
  /** Whatever a driver of the kernel measures in its Industrial I/O files. */
  IIO(Set.of("path", "chip"), List.of()),
  /** Whatever a driver of the kernel measures in its hwmon files. */
  HWMON(Set.of("path", "chip"), List.of()),
  /** A display of lines of text, HD44780 behind a PCF8574: an output, it measures nothing. */
  HD44780(
      Set.of("bus", "address", "columns", "rows", "lines"),
      IntStream.concat(IntStream.rangeClosed(0x20, 0x27), IntStream.rangeClosed(0x38, 0x3f))
          .map(address -> address == 0x20 ? 0x27 : address == 0x27 ? 0x20 : address)
          .boxed()
          .toList());

  private final Set<String> keys;
  private final List<Integer> addresses;

  DeviceDriver(Set<String> keys, List<Integer> addresses) {
    this.keys = keys;
    this.addresses = addresses;
  }

  /** The keys of the configuration that it reads, besides {@code name} and {@code driver}. */
  Set<String> keys() {
    return keys;
  }

  /** Where on an I2C bus such a chip can be, the usual address first; empty for others. */
  List<Integer> addresses() {
    return addresses;
  }

  boolean isOnI2c() {
    return !addresses.isEmpty();
  }

  /** Whether it measures; what does not is an output. */
  boolean measures() {
    return this != HD44780;
  }

  /** As it is written in the configuration. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String words() {
    return List.of(values()).stream().map(DeviceDriver::word).collect(Collectors.joining(", "));
  }
}
