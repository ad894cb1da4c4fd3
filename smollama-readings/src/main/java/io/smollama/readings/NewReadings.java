package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves out what was given before: the last message of a sensor is read again and again until the
 * next one comes. One thread at a time.
 */
final class NewReadings {
  private static final int MOST_SOURCES = 50_000;

  private final Map<SourceId, Reading> last = new HashMap<>();

  List<Reading> of(List<Reading> batch) {
    if (last.size() > MOST_SOURCES) {
      last.clear();
    }
    List<Reading> fresh = new ArrayList<>(batch.size());
    for (Reading reading : batch) {
      Reading before = last.put(reading.source(), reading);
      if (before == null || !isSame(before, reading)) {
        fresh.add(reading);
      }
    }
    return fresh;
  }

  /** What else is known of it may change with time, as that it has grown stale. */
  private static boolean isSame(Reading before, Reading reading) {
    return reading.time().equals(before.time())
        && reading.value().equals(before.value())
        && reading.unit().equals(before.unit())
        && reading.quality() == before.quality();
  }
}
