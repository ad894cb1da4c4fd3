package io.smollama.core;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * How well it is known that something was at a certain time. Immutable.
 *
 * @param kind what the time is
 * @param within how far off it is at most: either way, or to the other side if it is a bound; empty
 *     if nobody knows
 */
public record TimeCertainty(Kind kind, Optional<Duration> within) {
  /** As somebody said, or as a clock showed that nothing contradicts. */
  public static final TimeCertainty STATED = new TimeCertainty(Kind.STATED, Optional.empty());

  /** As a clock showed that was synchronised. */
  public static final TimeCertainty SYNCHRONISED =
      new TimeCertainty(Kind.SYNCHRONISED, Optional.of(ClockMark.SYNCHRONISED));

  /** What a time is. */
  public enum Kind {
    /** Shown by a clock that was synchronised. */
    SYNCHRONISED,
    /** Said by somebody, or shown by a clock that nothing contradicts. */
    STATED,
    /** Worked out from what became known of the writer's clock at another time. */
    ESTIMATED,
    /** It was no earlier than this. */
    AFTER,
    /** It was no later than this. */
    BEFORE;

    /** The word that stands for it in JSON and in files. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The kind that a word stands for; {@code STATED} for a word that this version does not know. */
  public static Kind kindOf(String word) {
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    return Kind.STATED;
  }

  public TimeCertainty {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(within, "within");
  }

  /** Whether the time is another than the writer's clock showed. */
  public boolean isWorkedOut() {
    return kind != Kind.SYNCHRONISED && kind != Kind.STATED;
  }
}
