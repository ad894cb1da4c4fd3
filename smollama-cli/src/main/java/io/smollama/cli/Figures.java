package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers of a column with as many decimals as tell them apart: a hundredth of their spread.
 * Immutable.
 */
record Figures(int decimals) {
  private static final int MOST = 9;
  private static final double LARGE = 1e12;

  /** For the values of points or readings; what is no number counts for nothing. */
  static Figures of(JsonNode points) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    int needed = 0;
    for (JsonNode point : points) {
      for (String name : new String[] {"value", "mean", "min", "max"}) {
        JsonNode value = point.path(name);
        if (value.isNumber()) {
          least = Math.min(least, value.asDouble());
          most = Math.max(most, value.asDouble());
          needed = Math.max(needed, new BigDecimal(value.asText()).stripTrailingZeros().scale());
        }
      }
    }
    double spread = most - least > 0 ? most - least : Math.abs(most) > 0 ? Math.abs(most) : 1;
    int useful = (int) Math.ceil(2 - Math.log10(spread));
    return new Figures(Math.max(0, Math.min(Math.min(needed, useful), MOST)));
  }

  String text(JsonNode value) {
    if (!value.isNumber()) {
      return "-";
    }
    double number = value.asDouble();
    return Math.abs(number) >= LARGE
        ? Double.toString(number)
        : BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }
}
