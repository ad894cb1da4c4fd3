package io.smollama.dashboard;

import io.smollama.agent.Age;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A time as the page shows it.
 *
 * @param iso for machines; empty if the time is not known
 * @param age for people
 */
record When(String iso, String age) {
  static When of(Instant then, Instant now) {
    return new When(then.truncatedTo(ChronoUnit.SECONDS).toString(), Age.of(then, now));
  }

  static When of(Optional<Instant> then, Instant now) {
    return then.map(time -> of(time, now)).orElseGet(() -> new When("", "time not known"));
  }
}
