package io.smollama.readings;

import io.smollama.readings.ProviderState.Health;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened at a provider, and whether it may be tried again: failures in a row put it off for
 * longer and longer. A work that passed its deadline is a failure, and the provider hangs until it
 * comes back. Thread-safe.
 */
final class ProviderHealth {
  private static final Logger log = LoggerFactory.getLogger(ProviderHealth.class);

  private final String type;
  private final HubConfig config;
  private final InstantSource clock;
  private final LongSupplier nanos;

  private long failures;
  private String lastError = "";
  private @Nullable Instant failingSince;
  private long retryAt;
  private @Nullable Instant workingSince;
  private boolean overdue;

  ProviderHealth(String type, HubConfig config, InstantSource clock, LongSupplier nanos) {
    this.type = type;
    this.config = config;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** The provider's thread takes up a work. */
  synchronized void started() {
    workingSince = clock.instant();
    overdue = false;
  }

  /** The work came back, in time or not. */
  synchronized void ended() {
    workingSince = null;
  }

  /** Somebody waited a whole deadline in vain. */
  synchronized void timedOut() {
    if (workingSince != null && !overdue) {
      overdue = true;
      fail("no answer within " + config.deadline().toMillis() + " ms");
    }
  }

  /** A pass failed; one that was given up before has been counted then. */
  synchronized void passFailed(Throwable cause) {
    if (!overdue) {
      fail(String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()));
    }
  }

  /** A pass gave readings; one that was given up before does not make the provider well. */
  synchronized void passSucceeded() {
    if (overdue) {
      return;
    }
    if (failures > 0) {
      log.info("Provider {} is well again after {} failures", type, failures);
    }
    failures = 0;
    failingSince = null;
    lastError = "";
  }

  /** A single read went well, so that the next pass is worth trying at once. */
  synchronized void readSucceeded() {
    retryAt = nanos.getAsLong();
  }

  synchronized boolean isHanging() {
    return workingSince != null && overdue;
  }

  synchronized boolean mayTry() {
    return !isHanging() && (failures == 0 || nanos.getAsLong() - retryAt >= 0);
  }

  synchronized ProviderState state(int sources) {
    Health health = isHanging() ? Health.HANGING : failures > 0 ? Health.FAILING : Health.OK;
    Instant since = health == Health.HANGING ? workingSince : failingSince;
    return new ProviderState(
        type, health, Optional.ofNullable(since), failures, lastError, sources);
  }

  private void fail(String error) {
    failures++;
    lastError = error;
    retryAt = nanos.getAsLong() + config.retryAfter(failures).toNanos();
    if (failingSince == null) {
      failingSince = clock.instant();
      log.warn("Provider {} fails: {}", type, error);
    }
  }
}
