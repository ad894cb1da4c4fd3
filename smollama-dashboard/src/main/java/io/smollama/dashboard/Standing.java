package io.smollama.dashboard;

import io.smollama.core.UnsetClock;
import io.smollama.memory.Memory;
import io.smollama.memory.Observation;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether something holds.
 *
 * @param word {@code holds}, {@code past}, {@code coming} or {@code retracted}
 * @param says the same for a person; empty if there is nothing to say
 */
record Standing(String word, String says) {

  static Standing of(Observation noticed) {
    return noticed.hidden()
        ? new Standing("retracted", "retracted or summed up")
        : new Standing("holds", "");
  }

  static Standing of(Memory fact, Here here) {
    if (!fact.active()) {
      return new Standing("retracted", "retracted");
    }
    Optional<Instant> end = fact.validTo();
    if (end.isPresent() && !here.asOf().isBefore(end.get())) {
      return new Standing(
          "past", "no longer true" + (unknown(end.get()) ? "" : " since " + here.day(end.get())));
    }
    Optional<Instant> begin = fact.validFrom();
    if (begin.isPresent() && here.asOf().isBefore(begin.get())) {
      return new Standing("coming", "true from " + here.day(begin.get()) + " on");
    }
    return new Standing("holds", end.map(to -> "true until " + here.day(to)).orElse("true"));
  }

  /** 1970 stands for an end that nobody knows. */
  private static boolean unknown(Instant end) {
    return UnsetClock.gave(end);
  }

  boolean holds() {
    return word.equals("holds");
  }
}
