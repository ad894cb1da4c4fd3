package io.smollama.agent;

import io.smollama.memory.Memory;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the claim of a fact stands. It is kept as a tag, which changes when it does and not each day:
 * every change is an entry of the journal. Immutable.
 *
 * @param word {@code confirmed}, {@code stale} or {@code refuted}
 * @param refutedOn the day that refuted it first; empty unless it is refuted
 * @param ended whether another day refuted it, too
 */
record ClaimStatus(String word, Optional<LocalDate> refutedOn, boolean ended) {
  private static final String PREFIX = ReadingClaim.TAG + ":";
  private static final String REFUTED = "refuted:";
  private static final String ENDED = "refuted-twice:";
  private static final ClaimStatus CONFIRMED =
      new ClaimStatus("confirmed", Optional.empty(), false);
  private static final ClaimStatus STALE = new ClaimStatus("stale", Optional.empty(), false);

  /** Of a fact: a claim that bears no other mark is confirmed, as it was when it was made. */
  static ClaimStatus of(Memory fact) {
    ClaimStatus found = CONFIRMED;
    for (String tag : fact.tags()) {
      if (tag.startsWith(PREFIX)) {
        found = read(tag.substring(PREFIX.length()));
      }
    }
    return found;
  }

  private static ClaimStatus read(String said) {
    boolean ended = said.startsWith(ENDED);
    if (ended || said.startsWith(REFUTED)) {
      try {
        return refuted(LocalDate.parse(said.substring(said.indexOf(':') + 1)), ended);
      } catch (DateTimeParseException e) {
        return CONFIRMED; // a tag that a person wrote
      }
    }
    return said.equals(STALE.word) ? STALE : CONFIRMED;
  }

  private static ClaimStatus refuted(LocalDate day, boolean ended) {
    return new ClaimStatus("refuted", Optional.of(day), ended);
  }

  /** How it stands after a day; a day without readings takes nothing back. */
  ClaimStatus then(ClaimResult.Verdict verdict, LocalDate day) {
    return switch (verdict) {
      case CONFIRMED -> CONFIRMED;
      case STALE -> refutedOn.isPresent() ? this : STALE;
      case REFUTED -> refutedOn.map(first -> refutedAgain(first, day)).orElse(refuted(day, false));
    };
  }

  private ClaimStatus refutedAgain(LocalDate first, LocalDate day) {
    return ended || !day.isAfter(first) ? this : refuted(first, true);
  }

  /** Whether the step to another status is the second refutation. */
  boolean isEndedBy(ClaimStatus after) {
    return after.ended && !ended;
  }

  /** The tags of a fact with this status in place of the last one. */
  List<String> tags(List<String> before) {
    List<String> tags = new ArrayList<>(before);
    tags.removeIf(tag -> tag.startsWith(PREFIX));
    if (!equals(CONFIRMED)) {
      String day = refutedOn.map(LocalDate::toString).orElse("");
      tags.add(PREFIX + (ended ? ENDED + day : refutedOn.isPresent() ? REFUTED + day : word));
    }
    return tags;
  }
}
