package io.smollama.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them: four figures that count, which is more than most sensors have. */
final class Rounded {
  private static final int FIGURES = 4;
  private static final double WHOLE_FROM = Math.pow(10, FIGURES);

  private Rounded() {}

  static String of(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return Double.toString(number);
    }
    BigDecimal rounded =
        Math.abs(number) >= WHOLE_FROM
            ? BigDecimal.valueOf(Math.rint(number))
            : new BigDecimal(number).round(new MathContext(FIGURES));
    return rounded.stripTrailingZeros().toPlainString();
  }
}
