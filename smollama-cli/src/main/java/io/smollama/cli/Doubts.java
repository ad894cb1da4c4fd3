package io.smollama.cli;

import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices when a source begins to say what can hardly be, and says so once in a while. One thread
 * at a time.
 */
final class Doubts {
  private static final Duration AGAIN_AFTER = Duration.ofHours(6);
  private static final int MOST_SOURCES = 10_000;

  private final Map<SourceId, Instant> told = new HashMap<>();

  /** What is to be observed. */
  List<NewObservation> of(List<Reading> readings) {
    List<NewObservation> noticed = new ArrayList<>();
    for (Reading reading : readings) {
      if (reading.quality() == Quality.GOOD) {
        continue;
      }
      Instant before = told.get(reading.source());
      if (before == null || !reading.time().isBefore(before.plus(AGAIN_AFTER))) {
        if (told.size() > MOST_SOURCES) {
          told.clear();
        }
        told.put(reading.source(), reading.time());
        noticed.add(
            NewObservation.of(words(reading), ObservationType.ANOMALY, List.of(reading.source())));
      }
    }
    return noticed;
  }

  private static String words(Reading reading) {
    String why = reading.metadata().getOrDefault(Reading.DOUBT, "");
    return "%s says %s, which can hardly be%s"
        .formatted(reading.source(), reading.display(), why.isEmpty() ? "" : ": " + why);
  }
}
