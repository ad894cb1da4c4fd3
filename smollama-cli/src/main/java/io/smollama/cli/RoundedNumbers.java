package io.smollama.cli;

import io.smollama.core.Counted;
import io.smollama.core.ReadingValue;
import java.util.function.Consumer;

/** Counts numbers of an import that have more digits than are kept. One thread at a time. */
final class RoundedNumbers {
  private final Consumer<String> complaints;
  private long count;

  /**
   * Counts from zero.
   *
   * @param complaints told of the first one
   */
  RoundedNumbers(Consumer<String> complaints) {
    this.complaints = complaints;
  }

  /**
   * One more.
   *
   * @param place file and line
   * @param written how it stands there
   * @param kept what it became
   */
  void add(String place, String written, ReadingValue kept) {
    if (count++ == 0) {
      complaints.accept(
          "%s: %s has more digits than are kept; it becomes %s"
              .formatted(place, written, kept.asNumber().orElse(Double.NaN)));
    }
  }

  long count() {
    return count;
  }

  /** What became of them. */
  static String warning(long count) {
    return ("Rounded to the nearest, because more digits than about 16 are not kept: %s;"
            + " where each digit counts, as in an id, write a text ('123 in CSV, \"123\" in JSON)")
        .formatted(Counted.of(count, "number"));
  }
}
