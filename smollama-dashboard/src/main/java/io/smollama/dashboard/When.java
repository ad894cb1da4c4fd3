package io.smollama.dashboard;

import io.smollama.agent.Age;
import io.smollama.core.TimeCertainty;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A time as the page shows it.
 *
 * @param iso for machines; empty if the time is not known
 * @param age for people
 * @param lead what stands before the age, if the time was worked out: "about "
 * @param tail what stands behind it: " ± 2 s"
 */
record When(String iso, String age, String lead, String tail) {
  static When of(Instant then, Instant now) {
    return of(then, TimeCertainty.STATED, now);
  }

  private static When of(Instant then, TimeCertainty certainty, Instant now) {
    return new When(
        then.truncatedTo(ChronoUnit.SECONDS).toString(),
        Age.of(then, now),
        Age.lead(certainty),
        Age.tail(certainty));
  }

  static When of(Optional<Instant> then, TimeCertainty certainty, Instant now) {
    return then.map(time -> of(time, certainty, now))
        .orElseGet(() -> new When("", "time not known", "", ""));
  }

  /** All of it. */
  String words() {
    return lead + age + tail;
  }
}
