package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.ReadingProvider;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.readings.ProviderState.Health;
import io.smollama.testkit.FixedReadings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingHubTest extends HubFixture {
  @Nested
  class Registration {
    @Test
    void bringsSourcesAndReadingsInItsOrder() {
      hub.register(hall);
      hub.register(garden);
      assertThat(hub.sources())
          .extracting(source -> source.id().toString())
          .containsExactly("hall:temp", "garden:soil");
      assertThat(readAll()).containsExactly("hall:temp 21 °C", "garden:soil 41 %");
      assertThat(hub.states())
          .containsExactly(
              new ProviderState("hall", Health.OK, Optional.empty(), 0, "", 1),
              new ProviderState("garden", Health.OK, Optional.empty(), 0, "", 1));
    }

    @Test
    void refusesASecondProviderOfOneTypeByName() {
      hub.register(garden);
      assertThatThrownBy(() -> hub.register(new FixedReadings("garden", clock)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'garden'");
      assertThat(readAll()).containsExactly("garden:soil 41 %");
    }

    @Test
    void refusesTheTypeOfWhatOtherNodesShare() {
      assertThatThrownBy(() -> hub.register(new FixedReadings("node", clock)))
          .hasMessageContaining("'node'");
    }

    @Test
    void canBeUndone() {
      hub.register(garden);
      hub.register(hall);
      hub.unregister("garden");
      assertThat(readAll()).containsExactly("hall:temp 21 °C");
      hub.register(garden);
      assertThat(readAll()).containsExactly("hall:temp 21 °C", "garden:soil 41 %");
    }

    @Test
    void ofAnUnknownTypeIsUndoneWithoutHarm() {
      hub.unregister("nobody");
      assertThat(hub.states()).isEmpty();
    }

    @Test
    void learnsNewSourcesWithTheNextPass() {
      hub.register(garden);
      garden.set("rain", 2, "mm");
      hub.readAll();
      assertThat(hub.sources()).hasSize(2);
      assertThat(state("garden").sources()).isEqualTo(2);
    }

    @Test
    void survivesAProviderThatCannotTellItsSources() {
      hub.register(
          new ReadingProvider() {
            @Override
            public String type() {
              return "odd";
            }

            @Override
            public List<Source> sources() {
              throw new NoClassDefFoundError("libodd");
            }

            @Override
            public Optional<Reading> read(SourceId source) {
              return Optional.empty();
            }
          });
      hub.register(garden);
      assertThat(readAll()).containsExactly("garden:soil 41 %");
      assertThat(state("odd").health()).isEqualTo(Health.FAILING);
      assertThat(state("odd").lastError()).contains("libodd");
    }
  }

  @Test
  void readsOnlyWhatIsWanted() {
    hub.register(hall);
    hub.register(garden.set("rain", 2, "mm"));
    assertThat(hub.readAll(source -> source.id().startsWith("r")))
        .extracting(Reading::describe)
        .containsExactly("garden:rain 2 mm");
    assertThat(hub.readAll(source -> false)).isEmpty();
    assertThat(readAll()).hasSize(3);
  }

  @Nested
  class WhatProvidersTell {
    private final List<String> heard = new ArrayList<>();

    @Test
    void goesToWhoeverListensAtOnce() {
      hub.register(garden);
      Subscription hearing = hub.listen(told -> heard.addAll(describe(told)));
      garden.set("soil", 12, "percent");
      hearing.close();
      garden.set("soil", 13, "percent");
      assertThat(heard).containsExactly("garden:soil 12 %");
    }

    @Test
    void isNotHeardOnceTheProviderIsTakenAway() {
      hub.register(garden);
      hub.listen(told -> heard.addAll(describe(told)));
      hub.unregister("garden");
      garden.set("soil", 12, "percent");
      assertThat(heard).isEmpty();
    }

    private List<String> describe(List<Reading> told) {
      return told.stream().map(Reading::describe).toList();
    }
  }

  @Nested
  class OneRead {
    @Test
    void givesThePresentValue() {
      hub.register(garden);
      assertThat(hub.read(SourceId.parse("garden:soil")).map(Reading::display)).hasValue("41 %");
    }

    @Test
    void ofAnUnknownSourceIsNothing() {
      hub.register(garden);
      assertThat(hub.read(SourceId.parse("garden:moon"))).isEmpty();
      assertThat(hub.read(SourceId.parse("moon:garden"))).isEmpty();
    }

    @Test
    void thatFailsSaysSo() {
      hub.register(garden);
      garden.failing(true);
      assertThatThrownBy(() -> hub.read(SourceId.parse("garden:soil")))
          .isInstanceOf(ReadingException.class)
          .hasMessage("garden:soil: told to fail");
    }

    @Test
    void thatHangsSaysSoAfterTheDeadlineAndAtOnceFromThenOn() {
      StuckReadings stuck = new StuckReadings();
      hub.register(stuck);
      assertThatThrownBy(() -> hub.read(STUCK))
          .isInstanceOf(ReadingException.class)
          .hasMessageContaining("stuck:x")
          .hasMessageContaining("500 ms");
      assertThatThrownBy(() -> hub.read(STUCK))
          .isInstanceOf(ReadingException.class)
          .hasMessageContaining("still hangs");
      assertThat(stuck.reads).hasValue(1);
    }
  }

  @Nested
  class Closing {
    @Test
    void leavesTheHubEmptyAndIsIdempotent() {
      hub.register(garden);
      hub.close();
      hub.close();
      assertThat(hub.readAll()).isEmpty();
      assertThat(hub.sources()).isEmpty();
      assertThat(hub.read(SourceId.parse("garden:soil"))).isEmpty();
      assertThatThrownBy(() -> hub.register(hall))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("hall");
    }
  }

  @Nested
  class Configuration {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "6, 32", "7, 60", "8, 60", "9223372036854775807, 60"})
    void doublesTheRetryUpToTheLongest(long failures, long seconds) {
      assertThat(HubConfig.defaults().retryAfter(failures)).hasSeconds(seconds);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S, PT2S", "PT2S, PT-1S, PT2S", "PT2S, PT3S, PT2S", "PT25H, PT1S, PT2S"})
    void refusesWhatMakesNoSense(Duration deadline, Duration first, Duration longest) {
      assertThatThrownBy(() -> new HubConfig(deadline, first, longest))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
