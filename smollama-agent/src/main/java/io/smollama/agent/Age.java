package io.smollama.agent;

import java.time.Duration;
import java.time.Instant;

/** Says how long ago something was, as people say it: "12 s ago", "3 days ago". Immutable. */
public final class Age {
  private Age() {}

  /** The age of an instant; "just now" below two seconds and for one that lies ahead. */
  public static String of(Instant then, Instant now) {
    long seconds = Duration.between(then, now).toSeconds();
    if (seconds < 2) {
      return "just now";
    } else if (seconds < 120) {
      return seconds + " s ago";
    } else if (seconds < 2 * 3600) {
      return seconds / 60 + " min ago";
    } else if (seconds < 2 * 86_400) {
      return seconds / 3600 + " h ago";
    }
    return seconds / 86_400 + " days ago";
  }
}
