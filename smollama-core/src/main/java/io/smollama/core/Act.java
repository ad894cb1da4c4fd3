package io.smollama.core;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * That an output shall be switched. Immutable.
 *
 * @param target which output, such as {@code gpio:18}
 * @param on whether it shall be on
 * @param caller who wants it
 * @param reason why, in the caller's words, at most {@value #MOST_REASON} characters; may be empty
 * @param lease for how long it shall be on at most; empty for as long as its limits allow
 * @param confirmed whether a person said that this is meant; only a person can
 */
public record Act(
    SourceId target,
    boolean on,
    Caller caller,
    String reason,
    Optional<Duration> lease,
    boolean confirmed) {
  /** What is longer is cut. */
  public static final int MOST_REASON = 500;

  private static final Duration LONGEST_LEASE = Duration.ofDays(366);

  public Act {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(caller, "caller");
    reason = reason.length() > MOST_REASON ? reason.substring(0, MOST_REASON) : reason;
    if (lease.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
      throw new IllegalArgumentException("An output is on for a time above zero");
    }
    if (lease.filter(time -> time.compareTo(LONGEST_LEASE) > 0).isPresent()) {
      throw new IllegalArgumentException(
          "An output is on for %d days at most; without a time it stays on"
              .formatted(LONGEST_LEASE.toDays()));
    }
    if (confirmed && caller.kind() != Caller.Kind.PERSON) {
      throw new IllegalArgumentException("Only a person confirms, not " + caller);
    }
  }

  /** Without a lease of its own, not confirmed. */
  public static Act of(SourceId target, boolean on, Caller caller, String reason) {
    return new Act(target, on, caller, reason, Optional.empty(), false);
  }

  /** For so long at most. */
  public Act within(Duration time) {
    return new Act(target, on, caller, reason, Optional.of(time), confirmed);
  }

  /** As a person means it. */
  public Act asMeant() {
    return new Act(target, on, caller, reason, lease, true);
  }
}
