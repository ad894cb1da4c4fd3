package io.smollama.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalDouble;

/**
 * What a source said: a quantity, a flag, a text or a JSON structure. A value that a machine does
 * not have is no value at all: the reading is absent, never zero. Immutable.
 */
public sealed interface ReadingValue {

  /** A measured number; its unit stands on the reading. Any double is allowed, NaN included. */
  record Quantity(double number) implements ReadingValue {
    @Override
    public OptionalDouble asNumber() {
      return OptionalDouble.of(number);
    }

    /** The whole part and as many decimals as make six digits: {@code 3}, {@code 21.3}. */
    @Override
    public String text() {
      if (number == Math.rint(number) && Math.abs(number) < 1e15) {
        return Long.toString((long) number);
      } else if (Double.isFinite(number) && Math.abs(number) >= 1e-3 && Math.abs(number) < 1e9) {
        BigDecimal exact = BigDecimal.valueOf(number);
        int decimals = Math.max(0, 6 - (exact.precision() - exact.scale()));
        BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
        return rounded.stripTrailingZeros().toPlainString();
      }
      return Double.toString(number);
    }
  }

  /** On or off, high or low. As a number it is 1 or 0. */
  record Flag(boolean on) implements ReadingValue {
    @Override
    public OptionalDouble asNumber() {
      return OptionalDouble.of(on ? 1 : 0);
    }

    @Override
    public String text() {
      return on ? "on" : "off";
    }
  }

  /** A word or sentence, as the source gave it. */
  record Text(String words) implements ReadingValue {
    @Override
    public String text() {
      return words;
    }
  }

  /** A structure, kept as the JSON text that the source gave. */
  record Json(String json) implements ReadingValue {
    @Override
    public String text() {
      return json;
    }
  }

  /** The value as a number; empty for texts and structures. */
  default OptionalDouble asNumber() {
    return OptionalDouble.empty();
  }

  /** As its unit has it: a 1 or 0 of the unit {@code boolean} is a flag. */
  default ReadingValue in(String unit) {
    boolean flag =
        unit.equals(Units.BOOLEAN)
            && this instanceof Quantity quantity
            && (quantity.number() == 0 || quantity.number() == 1);
    return flag ? new Flag(asNumber().orElseThrow() == 1) : this;
  }

  /** The value for a person to read, without its unit. */
  String text();
}
