package io.smollama.agent;

import io.smollama.core.ChatException;
import java.time.Duration;

/** A moment until which several steps must be done. Immutable. */
final class Deadline {
  private final long endNanos;
  private final Duration whole;

  private Deadline(Duration whole) {
    this.whole = whole;
    this.endNanos = System.nanoTime() + whole.toNanos();
  }

  static Deadline in(Duration length) {
    return new Deadline(length);
  }

  /** What is left for the next step of a culprit. */
  Duration left(String culprit) {
    long nanos = endNanos - System.nanoTime();
    if (nanos <= 0) {
      throw new ChatException(culprit, "no answer within " + Age.span(whole), true);
    }
    return Duration.ofNanos(nanos);
  }
}
