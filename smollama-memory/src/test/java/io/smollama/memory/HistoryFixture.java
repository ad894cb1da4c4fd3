package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** The readings of a hall, in a store without an embedder. */
abstract class HistoryFixture extends MemoryFixture {
  static final SourceId HALL = SourceId.parse("mqtt:hall/temperature");
  static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

  final Instant start = clock.instant();
  ReadingHistory history;

  @Override
  @BeforeEach
  void open() {
    embedder = Optional.empty();
    super.open();
    history = store.readings();
  }

  Reading at(long second, double value, String unit) {
    return Reading.of(HALL.toString(), value, unit, start.plusSeconds(second));
  }

  Reading at(long second, double value) {
    return at(second, value, "celsius");
  }

  List<Reading> all() {
    return history.range(HALL, Instant.MIN, Instant.MAX, Integer.MAX_VALUE);
  }
}
