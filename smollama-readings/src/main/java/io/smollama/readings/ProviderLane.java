package io.smollama.readings;

import io.smollama.core.LiveReadingProvider;
import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way from the hub to one provider. Callers hand work to the provider's thread and wait no
 * longer than the deadline, so that a provider that hangs keeps nobody else. Thread-safe.
 */
final class ProviderLane {
  private final String type;
  private final Duration deadline;
  private final ProviderHealth health;
  private final ProviderThread thread;
  private volatile List<Source> sources = List.of();
  private @Nullable CompletableFuture<List<Reading>> pass;

  ProviderLane(String type, Duration deadline, ProviderHealth health, ProviderThread thread) {
    this.type = type;
    this.deadline = deadline;
    this.health = health;
    this.thread = thread;
  }

  String type() {
    return type;
  }

  /** The sources as of the provider's last answer. */
  List<Source> sources() {
    return sources;
  }

  ProviderState state() {
    return health.state(sources.size());
  }

  /** Asks for the sources, without a reading, and hears what the provider tells by itself. */
  CompletableFuture<List<Source>> begin(Consumer<List<Reading>> listener) {
    return thread.submit(
        provider -> {
          try {
            if (provider instanceof LiveReadingProvider live) {
              live.listen(listener);
            }
            sources = List.copyOf(provider.sources());
            return sources;
          } catch (Throwable e) {
            health.passFailed(e);
            throw e;
          }
        });
  }

  /**
   * Starts a pass over all sources, or joins the one that is under way. Empty while the provider
   * hangs or is left alone after a failure: then nothing is queued.
   */
  synchronized Optional<CompletableFuture<List<Reading>>> startPass() {
    if (!health.mayTry()) {
      return Optional.empty();
    }
    if (pass == null || pass.isDone()) {
      pass = thread.submit(this::readAll);
    }
    return Optional.of(pass);
  }

  private List<Reading> readAll(ReadingProvider provider) {
    try {
      List<Reading> readings = List.copyOf(provider.readAll());
      sources = List.copyOf(provider.sources());
      health.passSucceeded();
      return readings;
    } catch (Throwable e) {
      health.passFailed(e);
      throw e;
    }
  }

  /** Whoever waited a whole deadline for an answer, in vain, says so. */
  void giveUp(CompletableFuture<?> answer) {
    if (!answer.isDone()) {
      health.timedOut();
      answer.cancel(false); // if it is still queued, it never starts
    }
  }

  /** Reads one source, waiting for at most the deadline. */
  Optional<Reading> read(SourceId source) {
    if (health.isHanging()) {
      throw new ReadingException(source.toString(), "an earlier read still hangs", true);
    }
    CompletableFuture<Optional<Reading>> answer = thread.submit(provider -> provider.read(source));
    try {
      Optional<Reading> reading = answer.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
      health.readSucceeded();
      return reading;
    } catch (TimeoutException e) {
      giveUp(answer);
      String message = "no answer within " + deadline.toMillis() + " ms";
      throw new ReadingException(source.toString(), message, true, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReadingException(source.toString(), "interrupted", true, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ReadingException failure) {
        throw failure;
      }
      throw new ReadingException(source.toString(), String.valueOf(e.getCause()), true, e);
    }
  }

  /** Interrupts what runs; done when the provider is closed. */
  CompletableFuture<Void> close() {
    return thread.close();
  }
}
