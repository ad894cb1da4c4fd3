package io.smollama.dashboard;

import io.smollama.sync.ClockMarks;

/** How a node's clock is, in a line for people. Immutable. */
public final class ClockWords {
  private ClockWords() {}

  /** The line, without the word "clock". */
  public static String of(ClockMarks.State state) {
    return switch (state) {
      case SYNCHRONISED -> "set by NTP";
      case KEPT -> "kept by a battery; nothing tells whether it is right";
      case TOLD -> "not set now; times are estimated from what is known of it";
      case UNSET -> "not set yet; times are estimated once it is";
      case UNKNOWN -> "nothing tells whether it is right; times are taken as it shows them";
    };
  }
}
