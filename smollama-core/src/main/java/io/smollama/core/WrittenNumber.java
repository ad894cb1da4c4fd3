package io.smollama.core;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A number as somebody wrote it, and the double that keeps it. Immutable.
 *
 * @param number the nearest double
 * @param exact whether the digits that were written come back from it; not so for more digits than
 *     a double has, as in 9007199254740993
 */
public record WrittenNumber(double number, boolean exact) {
  /** So many digits every double of a usual size gives back. */
  private static final int SAFE_DIGITS = 15;

  /**
   * Reads a decimal number such as {@code -21.3} or {@code 1e5}.
   *
   * @throws IllegalArgumentException if it is none, or further from zero than any double
   */
  public static WrittenNumber parse(String text) {
    if (text.length() <= SAFE_DIGITS && text.indexOf('e') < 0 && text.indexOf('E') < 0) {
      return new WrittenNumber(Double.parseDouble(text), true);
    }
    return of(new BigDecimal(text));
  }

  /**
   * Takes a decimal number.
   *
   * @throws IllegalArgumentException if it is further from zero than any double
   */
  public static WrittenNumber of(BigDecimal written) {
    double number = written.doubleValue();
    if (Double.isInfinite(number)) {
      throw new IllegalArgumentException(
          "the number %s is too large to be kept; the largest is about 1.8e308"
              .formatted(shortened(written)));
    }
    BigDecimal plain = written.stripTrailingZeros();
    MathContext digits = new MathContext(Math.max(1, plain.precision()));
    return new WrittenNumber(number, new BigDecimal(number).round(digits).compareTo(plain) == 0);
  }

  private static String shortened(BigDecimal written) {
    String text = written.toString();
    return text.length() <= 30 ? text : text.substring(0, 30) + "…";
  }
}
