package io.smollama.memory;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * An embedding provider that may fail, with what is known of its last failure. After a failure it
 * is left alone for a minute, then twice as long each time, at most an hour. Thread-safe.
 */
final class Embedder {
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private final EmbeddingProvider provider;
  private final InstantSource clock;
  private boolean tried;
  private boolean waitingFailed;
  private String failure = "";
  private Duration nextWait = FIRST_WAIT;
  private Instant notBefore = Instant.MIN;

  Embedder(EmbeddingProvider provider, InstantSource clock) {
    this.provider = provider;
    this.clock = clock;
  }

  EmbeddingModel model() {
    return provider.model();
  }

  Embedding question(String question) {
    return run(() -> provider.embedQuery(question), false);
  }

  Embedding statement(String text) {
    return run(() -> provider.embed(text), false);
  }

  /** Embeds what is to be kept: work that can wait. */
  List<Embedding> all(List<String> texts) {
    return run(() -> provider.embedAll(texts), true);
  }

  private <T> T run(Supplier<T> work, boolean canWait) {
    try {
      T made = work.get();
      worked(canWait);
      return made;
    } catch (EmbeddingException e) {
      failed(e.getMessage(), canWait);
      throw e;
    }
  }

  /** A question that went well shows that it is there, but not that it takes what failed before. */
  private synchronized void worked(boolean waiting) {
    tried = true;
    nextWait = FIRST_WAIT;
    Instant soon = clock.instant().plus(FIRST_WAIT);
    if (waiting || !waitingFailed) {
      failure = "";
      notBefore = Instant.MIN;
      waitingFailed = false;
    } else if (notBefore.isAfter(soon)) {
      notBefore = soon;
    }
  }

  private synchronized void failed(String reason, boolean waiting) {
    tried = true;
    failure = reason;
    waitingFailed |= waiting;
    Instant now = clock.instant();
    if (!now.isBefore(notBefore)) {
      notBefore = now.plus(nextWait);
      Duration doubled = nextWait.multipliedBy(2);
      nextWait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
    }
  }

  /** Whether work that can wait may use it now. */
  synchronized boolean mayTry() {
    return !clock.instant().isBefore(notBefore);
  }

  /** How long work that can wait should wait, at least so long. */
  synchronized Duration wait(Duration least) {
    if (mayTry()) {
      return least;
    }
    Duration left = Duration.between(clock.instant(), notBefore);
    return left.compareTo(least) > 0 ? left : least;
  }

  /** Why the last attempt failed; empty if it did not. */
  synchronized String failure() {
    return failure;
  }

  synchronized boolean tried() {
    return tried;
  }
}
