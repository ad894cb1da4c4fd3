package io.smollama.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What a peer said that the time is. Immutable.
 *
 * @param mono what the own steady clock showed then, in milliseconds
 * @param time the time by the peer's wall clock
 * @param within how far off that is at most, for the time that the answer took; the peer's clock
 *     itself may be wrong
 */
public record PeerTime(long mono, Instant time, Duration within) {
  public PeerTime {
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(within, "within");
  }

  /**
   * From an answer.
   *
   * @param time what the answer says; it was written at some moment of the round trip
   * @param mono the steady clock when the answer was there
   * @param roundTrip since the question went out
   */
  static PeerTime of(Instant time, long mono, Duration roundTrip) {
    Duration half = roundTrip.dividedBy(2).plusMillis(1);
    return new PeerTime(mono, time.plus(half), half);
  }
}
