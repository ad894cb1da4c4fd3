package io.smollama.agent;

import java.math.BigDecimal;
import java.math.MathContext;

/** Writes numbers as people do: three digits that count, no trailing zeros, no exponent. */
final class Figures {
  private Figures() {}

  /**
   * A range with two digits that count: {@code 0.2-0.6}, {@code 45-52}, {@code -18 to -17}; one
   * number where both ends are written alike.
   */
  static String range(double low, double high) {
    String from = rough(low);
    String to = rough(high);
    return from.equals(to) ? from : from + (low < 0 ? " to " : "-") + to;
  }

  private static String rough(double number) {
    return Math.abs(number) >= 10
        ? of(Math.rint(number))
        : plain(new BigDecimal(number).round(new MathContext(2)));
  }

  static String of(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded =
        Math.abs(number) >= 100
            ? BigDecimal.valueOf(Math.rint(number))
            : new BigDecimal(number).round(new MathContext(3));
    return plain(rounded);
  }

  private static String plain(BigDecimal rounded) {
    return rounded.stripTrailingZeros().toPlainString();
  }
}
