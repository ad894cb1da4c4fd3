package io.smollama.memory;

import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Readings of one source in one unit as columns, in order of time, no two of one millisecond. The
 * arrays are shared, not copied: who gets them only reads.
 *
 * @param unit the unit of all
 * @param times milliseconds since 1970
 * @param kinds what each value is: {@link #QUANTITY}, {@link #FLAG}, {@link #TEXT}, {@link #JSON},
 *     plus {@link #DOUBTED}
 * @param numbers the quantity, or 1 and 0 for a flag; 0 where there is none
 * @param texts the text; not to be looked at where there is none, of length 0 where there are none
 *     at all
 */
record Samples(String unit, long[] times, byte[] kinds, double[] numbers, String[] texts) {
  static final byte QUANTITY = 0;
  static final byte FLAG = 1;
  static final byte TEXT = 2;
  static final byte JSON = 3;

  /** Added to the kind of a value that is uncertain. */
  static final byte DOUBTED = 8;

  /** Takes readings in order, of one unit. */
  static Samples of(List<Reading> readings) {
    int count = readings.size();
    Samples samples =
        new Samples(
            count == 0 ? "" : readings.get(0).unit(),
            new long[count],
            new byte[count],
            new double[count],
            new String[readings.stream().allMatch(r -> isNumeric(r.value())) ? 0 : count]);
    for (int i = 0; i < count; i++) {
      samples.set(i, readings.get(i));
    }
    return samples;
  }

  private static boolean isNumeric(ReadingValue value) {
    return value instanceof ReadingValue.Quantity || value instanceof ReadingValue.Flag;
  }

  private void set(int i, Reading reading) {
    times[i] = reading.time().toEpochMilli();
    ReadingValue value = reading.value();
    String text = "";
    if (value instanceof ReadingValue.Quantity quantity) {
      kinds[i] = QUANTITY;
      numbers[i] = quantity.number();
    } else if (value instanceof ReadingValue.Flag flag) {
      kinds[i] = FLAG;
      numbers[i] = flag.on() ? 1 : 0;
    } else if (value instanceof ReadingValue.Text words) {
      kinds[i] = TEXT;
      text = words.words();
    } else {
      kinds[i] = JSON;
      text = ((ReadingValue.Json) value).json();
    }
    if (reading.quality() != Quality.GOOD) {
      kinds[i] |= DOUBTED;
    }
    if (texts.length > 0) {
      texts[i] = text;
    }
  }

  /** The kind of a value, doubted or not. */
  static int kind(byte stored) {
    return stored & ~DOUBTED;
  }

  private Quality quality(int i) {
    return (kinds[i] & DOUBTED) == 0 ? Quality.GOOD : Quality.UNCERTAIN;
  }

  int count() {
    return times.length;
  }

  ReadingValue value(int i) {
    return switch (kind(kinds[i])) {
      case QUANTITY -> new ReadingValue.Quantity(numbers[i]);
      case FLAG -> new ReadingValue.Flag(numbers[i] != 0);
      case TEXT -> new ReadingValue.Text(texts[i]);
      default -> new ReadingValue.Json(texts[i]);
    };
  }

  /** Whether statistics count it: a flag or a quantity that is not NaN, and not in doubt. */
  boolean isNumber(int i) {
    return kinds[i] == FLAG || kinds[i] == QUANTITY && !Double.isNaN(numbers[i]);
  }

  Reading reading(int i, SourceTable.Row source) {
    return new Reading(
        source.source(),
        value(i),
        unit,
        Instant.ofEpochMilli(times[i]),
        quality(i),
        source.metadata());
  }

  List<Reading> readings(SourceTable.Row source) {
    List<Reading> readings = new ArrayList<>(count());
    for (int i = 0; i < count(); i++) {
      readings.add(reading(i, source));
    }
    return readings;
  }

  /** Those of a time span, {@code from} inclusive, {@code to} exclusive, in ms since 1970. */
  Samples between(long from, long to) {
    return slice(firstAt(from), firstAt(to));
  }

  /** Those of a span of places. */
  Samples slice(int from, int to) {
    if (from == 0 && to == count()) {
      return this;
    }
    int start = Math.min(from, to);
    return new Samples(
        unit,
        Arrays.copyOfRange(times, start, to),
        Arrays.copyOfRange(kinds, start, to),
        Arrays.copyOfRange(numbers, start, to),
        texts.length == 0 ? texts : Arrays.copyOfRange(texts, start, to));
  }

  private int firstAt(long time) {
    int found = Arrays.binarySearch(times, time);
    return found >= 0 ? found : -found - 1;
  }

  /** Parts in order of time as one; the unit is that of the last. */
  static Samples joined(List<Samples> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int count = parts.stream().mapToInt(Samples::count).sum();
    boolean worded = parts.stream().anyMatch(part -> part.texts.length > 0);
    Samples whole =
        new Samples(
            parts.isEmpty() ? "" : parts.get(parts.size() - 1).unit,
            new long[count],
            new byte[count],
            new double[count],
            new String[worded ? count : 0]);
    int at = 0;
    for (Samples part : parts) {
      System.arraycopy(part.times, 0, whole.times, at, part.count());
      System.arraycopy(part.kinds, 0, whole.kinds, at, part.count());
      System.arraycopy(part.numbers, 0, whole.numbers, at, part.count());
      if (part.texts.length > 0) {
        System.arraycopy(part.texts, 0, whole.texts, at, part.count());
      }
      at += part.count();
    }
    return whole;
  }
}
