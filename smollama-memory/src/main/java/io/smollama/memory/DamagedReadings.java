package io.smollama.memory;

import io.smollama.core.SourceId;
import java.time.Instant;

/**
 * Readings that were kept and cannot be read any more, because their bytes are not those that were
 * written. Immutable.
 *
 * @param first the time of the oldest, to the millisecond
 * @param last the time of the newest
 * @param count how many
 */
public record DamagedReadings(SourceId source, Instant first, Instant last, long count) {
  static DamagedReadings of(SourceId source, ChunkTable.Span span) {
    return new DamagedReadings(
        source,
        Instant.ofEpochMilli(span.first()),
        Instant.ofEpochMilli(span.last()),
        span.count());
  }

  @Override
  public String toString() {
    return "%,d reading%s of %s from %s to %s"
        .formatted(count, count == 1 ? "" : "s", source, first, last);
  }
}
