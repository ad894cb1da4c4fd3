package io.smollama.agent;

import io.smollama.core.TimeCertainty;
import io.smollama.core.UnsetClock;
import java.time.Duration;
import java.time.Instant;

/** Says how long ago something was, as people say it: "12 s ago", "3 days ago". Immutable. */
public final class Age {
  /** Clocks differ a little; from here on a time lies in the future. */
  private static final int AHEAD_SECONDS = 60;

  private Age() {}

  /**
   * The age of an instant; "just now" below two seconds and up to a minute ahead, "in 3 h (in the
   * future)" beyond that; "time not known" for what a clock said that was not set.
   */
  public static String of(Instant then, Instant now) {
    long seconds = Duration.between(then, now).toSeconds();
    if (UnsetClock.gave(then) && !UnsetClock.gave(now)) {
      return "time not known";
    }
    if (seconds < -AHEAD_SECONDS) {
      return "in %s (in the future)".formatted(span(Duration.ofSeconds(-seconds)));
    }
    return seconds < 2 ? "just now" : span(Duration.ofSeconds(seconds)) + " ago";
  }

  /**
   * The same of a time that may have been worked out: "about 3 h ago ± 2 s", "at least 3 days ago",
   * "at most 3 days ago".
   */
  public static String of(Instant then, TimeCertainty certainty, Instant now) {
    return lead(certainty) + of(then, now) + tail(certainty);
  }

  /** What stands before a time; empty unless it was worked out. */
  public static String lead(TimeCertainty certainty) {
    return switch (certainty.kind()) {
      case ESTIMATED -> "about ";
      case AFTER -> "at most ";
      case BEFORE -> "at least ";
      case SYNCHRONISED, STATED -> "";
    };
  }

  /** What stands behind a time: how far off it may be; empty unless it was worked out. */
  public static String tail(TimeCertainty certainty) {
    return certainty.kind() == TimeCertainty.Kind.ESTIMATED
        ? certainty.within().map(off -> " ± " + span(off.plusMillis(999))).orElse("")
        : "";
  }

  /** A length of time in one unit: {@code 90 s}, {@code 3 h}. */
  static String span(Duration length) {
    long seconds = length.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    } else if (seconds < 2 * 3600) {
      return seconds / 60 + " min";
    } else if (seconds < 2 * 86_400) {
      return seconds / 3600 + " h";
    }
    return seconds / 86_400 + " days";
  }
}
