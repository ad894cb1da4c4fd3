package io.smollama.memory;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * A figure of a benchmark.
 *
 * @param what what was measured, in which unit
 * @param here of this program
 * @param there of what it is compared with, in the same run; empty if it is not compared
 */
record BenchmarkFigure(String what, double here, OptionalDouble there) {

  /** A line each. */
  static String table(List<BenchmarkFigure> figures) {
    StringBuilder table = new StringBuilder();
    line(table, "%-66s %14s %14s %8s", "figure", "here", "compared", "ratio");
    for (BenchmarkFigure figure : figures) {
      if (figure.there().isPresent()) {
        double there = figure.there().getAsDouble();
        line(
            table,
            "%-66s %14.4f %14.4f %8.1f",
            figure.what(),
            figure.here(),
            there,
            there / figure.here());
      } else {
        line(table, "%-66s %14.4f", figure.what(), figure.here());
      }
    }
    return table.toString();
  }

  private static void line(StringBuilder table, String form, Object... values) {
    table.append(String.format(Locale.ROOT, form, values)).append('\n');
  }
}
