package io.smollama.memory;

import io.smollama.core.EntryId;
import io.smollama.core.TimeCertainty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Observations for tests that care for few of their parts. */
final class ObservationFixtures {
  private ObservationFixtures() {}

  static Observation observation(EntryId id, String text, Optional<Instant> time) {
    return new Observation(
        id,
        text,
        ObservationType.GENERAL,
        0.8,
        List.of(),
        time,
        "pi",
        Provenance.OBSERVER,
        false,
        List.of(),
        false,
        "",
        TimeCertainty.STATED);
  }
}
