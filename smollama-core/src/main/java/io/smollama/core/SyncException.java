package io.smollama.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A peer did not answer what it was asked, and why. Immutable. */
public final class SyncException extends SmollamaException {
  private static final long serialVersionUID = 1L;

  /** What kept a peer from answering. Immutable. */
  public enum Fault {
    /** No connection, or it broke before the answer was there. */
    UNREACHABLE(true),
    /** The peer does not know the credentials, or got none. */
    UNAUTHORIZED(false),
    /** The peer knew the credentials once and takes them no more. */
    REVOKED(false),
    /** The message is larger than the peer takes. */
    TOO_LARGE(false),
    /** The two speak no common version. */
    UPGRADE(false),
    /** The peer can answer later. */
    BUSY(true),
    /**
     * What came back is no answer of such a peer, or the peer could make nothing of the message.
     */
    BROKEN(true);

    private final boolean retryable;

    Fault(boolean retryable) {
      this.retryable = retryable;
    }
  }

  private final Fault fault;
  private final @Nullable Duration retryAfter;

  private SyncException(
      String peer,
      Fault fault,
      String message,
      @Nullable Duration after,
      @Nullable Throwable cause) {
    super(peer, message, fault.retryable, cause);
    this.fault = Objects.requireNonNull(fault, "fault");
    this.retryAfter = after;
  }

  public SyncException(String peer, Fault fault, String message, Throwable cause) {
    this(peer, fault, message, null, cause);
  }

  public SyncException(String peer, Fault fault, String message) {
    this(peer, fault, message, null, null);
  }

  /** A peer that says when to come back. */
  public static SyncException busy(String peer, String message, Duration retryAfter) {
    return new SyncException(peer, Fault.BUSY, message, retryAfter, null);
  }

  /** What kept the peer from answering. */
  public Fault fault() {
    return fault;
  }

  /** When the peer says that it can be asked again; empty if it did not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
