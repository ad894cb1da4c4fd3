package io.smollama.devices;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * One number that a device gave. Immutable.
 *
 * @param quantity what it is of: {@code temperature}
 * @param value the number
 * @param unit its unit, a word of {@link io.smollama.core.Units}
 * @param doubt why it is hardly so; empty if nothing speaks against it
 */
record Measured(String quantity, double value, String unit, Optional<String> doubt) {
  static Measured of(String quantity, double value, String unit) {
    return new Measured(quantity, value, unit, Optional.empty());
  }

  /** As many digits as the driver's float has, and not those of the double beside it. */
  static Measured of(String quantity, float value, String unit) {
    boolean finite = Float.isFinite(value);
    return of(quantity, finite ? new BigDecimal(Float.toString(value)).doubleValue() : value, unit);
  }

  Measured doubted(String why) {
    return new Measured(quantity, value, unit, Optional.of(why));
  }
}
