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
import java.util.function.Predicate;
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
  private final Conditioning conditioning;
  private volatile List<Source> sources = List.of();
  private @Nullable CompletableFuture<List<Reading>> pass;

  ProviderLane(
      String type,
      Duration deadline,
      ProviderHealth health,
      ProviderThread thread,
      Conditioning conditioning) {
    this.type = type;
    this.deadline = deadline;
    this.health = health;
    this.thread = thread;
    this.conditioning = conditioning;
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
   * Starts a pass over the wanted sources, or joins the one that is under way. Empty while the
   * provider hangs or is left alone after a failure, and if nothing of it is wanted: then nothing
   * is queued. A provider without sources is asked, for it may have some by now.
   */
  synchronized Optional<CompletableFuture<List<Reading>>> startPass(Predicate<SourceId> wanted) {
    List<SourceId> all = sources.stream().map(Source::id).toList();
    List<SourceId> some = all.stream().filter(wanted).toList();
    if (!health.mayTry() || (some.isEmpty() && !all.isEmpty())) {
      return Optional.empty();
    }
    if (pass == null || pass.isDone()) {
      boolean whole = some.size() == all.size();
      pass =
          thread.submit(provider -> read(provider, whole ? Optional.empty() : Optional.of(some)));
    }
    return Optional.of(pass);
  }

  private List<Reading> read(ReadingProvider provider, Optional<List<SourceId>> some) {
    try {
      List<Reading> readings =
          conditioning.of(
              some.isEmpty()
                  ? provider.readAll()
                  : some.get().stream().map(provider::read).flatMap(Optional::stream).toList());
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
    CompletableFuture<Optional<Reading>> answer =
        thread.submit(provider -> provider.read(source).map(conditioning::of));
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
