package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The readings that are in no chunk yet, in memory: those that the table of staged readings has and
 * those that wait to be written to it. One thread at a time.
 */
final class StagedReadings {
  /** While the disk takes nothing, the newest readings wait here; older ones are let go. */
  static final int MOST_WAITING = 50_000;

  private final Map<SourceId, NavigableMap<Long, Reading>> written = new TreeMap<>();
  private final Deque<Reading> waiting = new ArrayDeque<>();
  private int size;
  private int largest;
  private long dropped;

  /** A reading to be written; its time is cut to the millisecond, as it will be stored. */
  void await(Reading reading) {
    waiting.add(toMillisecond(reading));
    if (waiting.size() > MOST_WAITING) {
      waiting.removeFirst();
      dropped++;
    }
  }

  static Reading toMillisecond(Reading reading) {
    Instant time = reading.time();
    return time.getNano() % 1_000_000 == 0
        ? reading
        : new Reading(
            reading.source(),
            reading.value(),
            reading.unit(),
            Instant.ofEpochMilli(time.toEpochMilli()),
            reading.quality(),
            reading.metadata());
  }

  List<Reading> waiting() {
    return List.copyOf(waiting);
  }

  boolean nothingWaits() {
    return waiting.isEmpty();
  }

  /** What waited is in the table now. */
  void allWritten() {
    waiting.forEach(this::written);
    waiting.clear();
  }

  /** A reading that is in the table. */
  void written(Reading reading) {
    NavigableMap<Long, Reading> some =
        written.computeIfAbsent(reading.source(), source -> new TreeMap<>());
    size += some.put(ReadingOrder.millis(reading), reading) == null ? 1 : 0;
    largest = Math.max(largest, some.size());
  }

  /** What is in the table, by source and time. */
  Map<SourceId, NavigableMap<Long, Reading>> written() {
    return written;
  }

  void allSealed() {
    written.clear();
    size = 0;
    largest = 0;
  }

  /** Those of a source from {@code from} inclusive to {@code to} exclusive, in order of time. */
  List<Reading> of(SourceId source, long from, long to) {
    NavigableMap<Long, Reading> some =
        written.getOrDefault(source, Collections.emptyNavigableMap());
    List<Reading> found = new ArrayList<>(some.subMap(from, true, to, false).values());
    int ordered = found.size();
    for (Reading reading : waiting) {
      long time = ReadingOrder.millis(reading);
      if (reading.source().equals(source) && time >= from && time < to) {
        found.add(reading);
      }
    }
    return found.size() == ordered ? found : ReadingOrder.sorted(found);
  }

  /** How many are in the table. */
  int size() {
    return size;
  }

  /** How many the source with the most has in the table. */
  int largest() {
    return largest;
  }

  int waitingCount() {
    return waiting.size();
  }

  /** How many were let go because the disk took nothing for too long. */
  long dropped() {
    return dropped;
  }
}
