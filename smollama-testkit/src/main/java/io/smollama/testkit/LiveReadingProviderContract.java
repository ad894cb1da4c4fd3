package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.LiveReadingProvider;
import io.smollama.core.Reading;
import io.smollama.core.Source;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LiveReadingProvider} keeps to, besides what every provider does. One thread at
 * a time.
 */
public abstract class LiveReadingProviderContract extends ReadingProviderContract {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofMillis(200);

  private final BlockingQueue<Reading> told = new LinkedBlockingQueue<>();

  @Override
  protected final LiveReadingProvider open() {
    return openLive();
  }

  /** A provider with at least one source that can be read now. */
  protected abstract LiveReadingProvider openLive();

  private LiveReadingProvider live() {
    return (LiveReadingProvider) opened();
  }

  /**
   * Makes the world change, so that the provider has something to tell; another thing each time.
   */
  protected abstract void happen();

  @Test
  final void tellsWhatHappensAndHasItToBeRead() throws Exception {
    LiveReadingProvider provider = live();
    provider.listen(told::addAll);
    happen();
    Reading first = told.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    assertThat(first).isNotNull();
    assertThat(first.source().type()).isEqualTo(provider.type());
    assertThat(provider.sources()).extracting(Source::id).contains(first.source());
    assertThat(provider.read(first.source())).map(Reading::value).contains(first.value());
  }

  @Test
  final void survivesAListenerThatThrows() throws Exception {
    LiveReadingProvider provider = live();
    provider.listen(
        batch -> {
          throw new IllegalStateException("told to fail");
        });
    happen();
    provider.listen(told::addAll);
    happen();
    assertThat(told.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isNotNull();
  }

  @Test
  final void tellsOnlyWhoeverListensNow() throws Exception {
    LiveReadingProvider provider = live();
    List<Reading> before = new CopyOnWriteArrayList<>();
    provider.listen(before::addAll);
    provider.listen(told::addAll);
    happen();
    assertThat(told.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)).isNotNull();
    assertThat(before).isEmpty();
  }

  @Test
  final void tellsNothingOnceItIsClosed() throws Exception {
    LiveReadingProvider provider = live();
    provider.listen(told::addAll);
    provider.close();
    try {
      happen();
    } catch (IllegalStateException e) {
      // a closed part may refuse
    }
    assertThat(told.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS)).isNull();
  }
}
