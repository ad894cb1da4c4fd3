package io.smollama.memory;

import io.smollama.core.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Readings of one source in order of time; of two of one millisecond the later written stays. */
final class ReadingOrder {
  private ReadingOrder() {}

  static long millis(Reading reading) {
    return reading.time().toEpochMilli();
  }

  /** In ms since 1970; the nearest that fits for an instant that is beyond all readings. */
  static long millis(Instant time) {
    try {
      return time.toEpochMilli();
    } catch (ArithmeticException e) {
      return time.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** From the order in which they were written. */
  static List<Reading> sorted(List<Reading> written) {
    if (isOrdered(written)) {
      return written;
    }
    List<Reading> sorted = new ArrayList<>(written);
    sorted.sort(Comparator.comparingLong(ReadingOrder::millis));
    List<Reading> single = new ArrayList<>(sorted.size());
    for (Reading reading : sorted) {
      int last = single.size() - 1;
      if (last >= 0 && millis(single.get(last)) == millis(reading)) {
        single.set(last, reading);
      } else {
        single.add(reading);
      }
    }
    return single;
  }

  /**
   * What became of readings in whose place others of the same millisecond stay.
   *
   * @param single how many stay
   */
  static LoadReport repeated(List<Reading> written, int single) {
    if (written.size() == single) {
      return LoadReport.NOTHING;
    }
    List<Reading> sorted = new ArrayList<>(written);
    sorted.sort(Comparator.comparingLong(ReadingOrder::millis));
    long outdone = 0;
    for (int i = 1; i < sorted.size(); i++) {
      Reading one = sorted.get(i - 1);
      Reading next = sorted.get(i);
      outdone += millis(one) == millis(next) && !says(one, next) ? 1 : 0;
    }
    return new LoadReport(0, 0, written.size() - single - outdone, outdone);
  }

  /** Whether two readings say the same. */
  private static boolean says(Reading one, Reading other) {
    return one.value().equals(other.value())
        && one.unit().equals(other.unit())
        && one.quality() == other.quality();
  }

  private static boolean isOrdered(List<Reading> written) {
    for (int i = 1; i < written.size(); i++) {
      if (millis(written.get(i - 1)) >= millis(written.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Both in order; of two of one millisecond the young one stays. */
  static List<Reading> merged(List<Reading> old, List<Reading> young) {
    List<Reading> merged = new ArrayList<>(old.size() + young.size());
    int next = 0;
    for (Reading reading : young) {
      while (next < old.size() && millis(old.get(next)) < millis(reading)) {
        merged.add(old.get(next++));
      }
      if (next < old.size() && millis(old.get(next)) == millis(reading)) {
        next++;
      }
      merged.add(reading);
    }
    merged.addAll(old.subList(next, old.size()));
    return merged;
  }

  /** What merging would change. */
  static LoadReport compared(List<Reading> old, List<Reading> young) {
    int next = 0;
    long replaced = 0;
    long unchanged = 0;
    for (Reading reading : young) {
      while (next < old.size() && millis(old.get(next)) < millis(reading)) {
        next++;
      }
      if (next < old.size() && millis(old.get(next)) == millis(reading)) {
        boolean same = says(old.get(next), reading);
        unchanged += same ? 1 : 0;
        replaced += same ? 0 : 1;
      }
    }
    return new LoadReport(young.size() - replaced - unchanged, replaced, unchanged);
  }

  /** Cut wherever the unit changes. */
  static List<Samples> byUnit(List<Reading> ordered) {
    List<Samples> runs = new ArrayList<>();
    for (int from = 0; from < ordered.size(); ) {
      int to = from + 1;
      while (to < ordered.size() && ordered.get(to).unit().equals(ordered.get(from).unit())) {
        to++;
      }
      runs.add(Samples.of(ordered.subList(from, to)));
      from = to;
    }
    return runs;
  }
}
