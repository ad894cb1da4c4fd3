package io.smollama.sync;

import java.time.Duration;
import java.util.Optional;

/**
 * How far an exchange has come, the one under way or else the last. Immutable.
 *
 * @param sent entries that the peer took, or had
 * @param received entries that came
 * @param left entries still to be moved, as far as is known
 * @param bytesSent of messages, before they were packed
 * @param bytesReceived of answers, unpacked
 * @param roundTrips how many messages were answered
 * @param elapsed since it began
 */
public record SyncProgress(
    long sent,
    long received,
    long left,
    long bytesSent,
    long bytesReceived,
    int roundTrips,
    Duration elapsed) {
  /** Before the first. */
  public static final SyncProgress NONE = new SyncProgress(0, 0, 0, 0, 0, 0, Duration.ZERO);

  SyncProgress leaving(long entries) {
    return new SyncProgress(sent, received, entries, bytesSent, bytesReceived, roundTrips, elapsed);
  }

  long moved() {
    return sent + received;
  }

  /** Entries moved per second. */
  public double rate() {
    double seconds = elapsed.toNanos() / 1e9;
    return seconds > 0 ? moved() / seconds : 0;
  }

  /** How long the rest takes at this rate; empty if nothing is left, or nothing was moved yet. */
  public Optional<Duration> remaining() {
    return left > 0 && rate() > 0
        ? Optional.of(Duration.ofMillis((long) (1000 * left / rate())))
        : Optional.empty();
  }
}
