package io.smollama.devices;

import io.smollama.core.Units;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What the kernel measures in units of its own, by how its files call it. Immutable.
 *
 * @param prefix how the names of its files begin
 * @param name what it is called here
 * @param unit in which it is told here
 * @param places how many decimal places its number moves to the left for that
 */
record KernelQuantity(String prefix, String name, String unit, int places) {
  /** Documentation/ABI/testing/sysfs-bus-iio; a longer prefix stands before its beginning. */
  static final List<KernelQuantity> IIO =
      List.of(
          new KernelQuantity("temp", "temperature", Units.CELSIUS, 3),
          new KernelQuantity("pressure", "pressure", Units.HECTOPASCAL, -1),
          new KernelQuantity("humidityrelative", "humidity", Units.PERCENT, 3),
          new KernelQuantity("illuminance", "illuminance", Units.LUX, 0),
          new KernelQuantity("distance", "distance", Units.CENTIMETER, -2),
          new KernelQuantity("resistance", "resistance", Units.OHM, 0),
          new KernelQuantity("voltage", "voltage", Units.VOLT, 3),
          new KernelQuantity("current", "current", Units.AMPERE, 3),
          new KernelQuantity("power", "power", Units.WATT, 3));

  /** Documentation/hwmon/sysfs-interface. */
  static final List<KernelQuantity> HWMON =
      List.of(
          new KernelQuantity("temp", "temperature", Units.CELSIUS, 3),
          new KernelQuantity("humidity", "humidity", Units.PERCENT, 3),
          new KernelQuantity("in", "voltage", Units.VOLT, 3),
          new KernelQuantity("curr", "current", Units.AMPERE, 3),
          new KernelQuantity("power", "power", Units.WATT, 6),
          new KernelQuantity("fan", "fan", Units.ROTATIONS_PER_MINUTE, 0));

  /** The one whose prefix a name has; what is known of no kind is left to its own number. */
  static Optional<KernelQuantity> of(List<KernelQuantity> known, String name) {
    return known.stream().filter(one -> name.startsWith(one.prefix())).findFirst();
  }

  double value(BigDecimal kernels) {
    return kernels.movePointLeft(places).doubleValue();
  }

  /** What one of its channels is called here: {@code temp1} is {@code temperature1}. */
  String named(String channel) {
    return name + channel.substring(prefix.length());
  }
}
