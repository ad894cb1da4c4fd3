package io.smollama.sync;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a node stands with its peer, for people. Immutable.
 *
 * @param peer its address
 * @param exchanges how many ended since the start, however they did
 * @param running whether an exchange is under way
 * @param progress of that exchange, or else of the last
 * @param standing how this node's own chains looked to the peer when last met
 * @param lastSuccess when all was said, by this node's clock; empty if never since the start
 * @param failure what is wrong; empty if the last exchange went well, or there was none
 * @param next when the next exchange is due if nothing happens; empty while one is under way
 */
public record SyncStatus(
    String peer,
    long exchanges,
    boolean running,
    SyncProgress progress,
    PeerStatus standing,
    Optional<Instant> lastSuccess,
    Optional<Failure> failure,
    Optional<Instant> next) {

  /**
   * What keeps this node and its peer from meeting. Immutable.
   *
   * @param words in one line
   * @param since when it began
   * @param attempts how often it was tried since then
   * @param needsMending whether somebody has to mend something; else it may pass by itself
   */
  public record Failure(String words, Instant since, int attempts, boolean needsMending) {
    public Failure {
      Objects.requireNonNull(words, "words");
      Objects.requireNonNull(since, "since");
    }
  }

  public SyncStatus {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(standing, "standing");
    Objects.requireNonNull(lastSuccess, "lastSuccess");
    Objects.requireNonNull(failure, "failure");
    Objects.requireNonNull(next, "next");
  }

  /** Before the first exchange. */
  static SyncStatus ofNothing(String peer) {
    return new SyncStatus(
        peer,
        0,
        false,
        SyncProgress.NONE,
        PeerStatus.OK,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  SyncStatus running(SyncProgress now) {
    return new SyncStatus(
        peer, exchanges, true, now, standing, lastSuccess, failure, Optional.empty());
  }

  SyncStatus ended() {
    return new SyncStatus(
        peer, exchanges + 1, false, progress, standing, lastSuccess, failure, Optional.empty());
  }

  SyncStatus succeeded(PeerStatus how, Instant now) {
    return new SyncStatus(
        peer,
        exchanges + 1,
        false,
        progress,
        how,
        Optional.of(now),
        Optional.empty(),
        Optional.empty());
  }

  SyncStatus failed(String words, Instant now, boolean needsMending) {
    Instant since = failure.map(Failure::since).orElse(now);
    int attempts = failure.map(Failure::attempts).orElse(0) + 1;
    Failure failed = new Failure(words, since, attempts, needsMending);
    return new SyncStatus(
        peer,
        exchanges + 1,
        false,
        progress,
        standing,
        lastSuccess,
        Optional.of(failed),
        Optional.empty());
  }

  SyncStatus due(Optional<Instant> when) {
    return new SyncStatus(peer, exchanges, running, progress, standing, lastSuccess, failure, when);
  }
}
