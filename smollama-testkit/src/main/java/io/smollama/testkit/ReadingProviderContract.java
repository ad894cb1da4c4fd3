package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ReadingProvider} does. One thread at a time. */
public abstract class ReadingProviderContract {
  private ReadingProvider provider;

  /** A provider with at least one source that can be read now. */
  protected abstract ReadingProvider open();

  @BeforeEach
  final void openProvider() {
    provider = open();
  }

  @AfterEach
  final void closeProvider() {
    provider.close();
  }

  /** What {@link #open} gave to this test. */
  final ReadingProvider opened() {
    return provider;
  }

  @Test
  void everySourceBearsTheProvidersType() {
    assertThat(provider.sources())
        .isNotEmpty()
        .allSatisfy(source -> assertThat(source.id().type()).isEqualTo(provider.type()));
  }

  @Test
  void sourcesAreDistinctAndInAStableOrder() {
    List<Source> sources = provider.sources();
    assertThat(sources).extracting(Source::id).doesNotHaveDuplicates();
    assertThat(provider.sources()).isEqualTo(sources);
  }

  @Test
  void readsWhatItLists() {
    List<Reading> all = provider.readAll();
    assertThat(all).isNotEmpty();
    assertThat(provider.sources())
        .extracting(Source::id)
        .containsAll(all.stream().map(Reading::source).toList());
  }

  @Test
  void readingTellsTheSourceThatWasAsked() {
    for (Source source : provider.sources()) {
      provider
          .read(source.id())
          .ifPresent(
              reading -> {
                assertThat(reading.source()).isEqualTo(source.id());
                assertThat(reading.unit()).isEqualTo(source.unit());
              });
    }
  }

  @Test
  void unknownSourceIsNothing() {
    assertThat(provider.read(new SourceId(provider.type(), "no such source"))).isEmpty();
    assertThat(provider.read(new SourceId("another-type", "x"))).isEmpty();
  }

  @Test
  void closingTwiceIsHarmless() {
    provider.close();
    provider.close();
  }
}
