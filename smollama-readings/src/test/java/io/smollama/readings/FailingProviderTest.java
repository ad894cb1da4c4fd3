package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.readings.ProviderState.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FailingProviderTest extends HubFixture {
  @Test
  void doesNotHideTheOthersAndSaysSinceWhen() {
    hub.register(garden);
    hub.register(hall);
    garden.failing(true);
    clock.advance(Duration.ofMinutes(1));
    assertThat(readAll()).containsExactly("hall:temp 21 °C");
    assertThat(state("garden"))
        .isEqualTo(
            new ProviderState(
                "garden",
                Health.FAILING,
                Optional.of(noon.plusSeconds(60)),
                1,
                "garden:soil: told to fail",
                1));
  }

  @Test
  void isLeftAloneForTwiceAsLongEachTime() {
    CountingFailure broken = new CountingFailure();
    hub.register(broken);
    List<Long> secondsOfReads = new ArrayList<>();
    for (int second = 0; second < 200; second++) {
      int before = broken.reads.get();
      hub.readAll();
      if (broken.reads.get() > before) {
        secondsOfReads.add((long) second);
      }
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(secondsOfReads).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L);
    assertThat(state("broken").failures()).isEqualTo(9);
    assertThat(state("broken").since()).hasValue(noon);
  }

  @Test
  void isReadWhenAskedForByName() {
    CountingFailure broken = new CountingFailure();
    hub.register(broken);
    hub.readAll();
    hub.readAll();
    assertThat(broken.reads).hasValue(1);
    assertThatThrownBy(() -> hub.read(SourceId.parse("broken:x")))
        .isInstanceOf(ReadingException.class)
        .hasMessageContaining("broken:x")
        .hasMessageContaining("snapped");
    assertThat(broken.reads).hasValue(2);
  }

  @Test
  void recoversWithTheFirstPassThatWorks() {
    hub.register(garden);
    garden.failing(true);
    hub.readAll();
    garden.failing(false);
    assertThat(readAll()).as("still left alone").isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(readAll()).containsExactly("garden:soil 41 %");
    assertThat(state("garden"))
        .isEqualTo(new ProviderState("garden", Health.OK, Optional.empty(), 0, "", 1));
  }

  @Test
  void isTriedAgainAtOnceAfterASingleReadThatWorks() {
    hub.register(garden);
    garden.failing(true);
    hub.readAll();
    garden.failing(false);
    assertThat(hub.read(SourceId.parse("garden:soil"))).isPresent();
    assertThat(readAll()).containsExactly("garden:soil 41 %");
  }

  /** Throws what no provider should. */
  private static final class CountingFailure implements ReadingProvider {
    final AtomicInteger reads = new AtomicInteger();

    @Override
    public String type() {
      return "broken";
    }

    @Override
    public List<Source> sources() {
      return List.of(new Source(new SourceId("broken", "x"), "", ""));
    }

    @Override
    public Optional<Reading> read(SourceId source) {
      reads.incrementAndGet();
      throw new IllegalStateException("wire snapped");
    }
  }
}
