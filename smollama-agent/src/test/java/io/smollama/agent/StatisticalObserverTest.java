package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StatisticalObserverTest {
  private final ManualClock clock = new ManualClock();
  private final StatisticalObserver observer = new StatisticalObserver(ZoneOffset.UTC);
  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void tellsAnUnusualLoadInPlainWords() {
    quietLoad(200);
    List<NewObservation> noticed = feed("system:load_avg", "load", 3.4, 3.4);
    assertThat(noticed).hasSize(1);
    assertThat(noticed.get(0).text())
        .matches("CPU load 3\\.4 is unusually high: typical 0\\.2\\d?-0\\.4\\d");
    assertThat(noticed.get(0).type()).isEqualTo(ObservationType.ANOMALY);
    assertThat(noticed.get(0).sources())
        .extracting(Object::toString)
        .containsExactly("system:load_avg");
  }

  @Test
  void carriesTheUnitAndTellsLowFromHigh() {
    for (int i = 0; i < 100; i++) {
      feed("mqtt:freezer/temperature", "celsius", -18 + random.nextDouble());
    }
    assertThat(feed("mqtt:freezer/temperature", "celsius", -40, -40))
        .extracting(NewObservation::text)
        .singleElement()
        .asString()
        .matches("Freezer temperature -40 °C is unusually low: typical -18 to -17 °C");
  }

  @Nested
  class KeepsQuiet {
    @Test
    void beforeItKnowsTheSource() {
      quietLoad(50);
      assertThat(feed("system:load_avg", "load", 9, 9)).isEmpty();
    }

    @Test
    void aboutTheOrdinary() {
      assertThat(quietLoad(2_000)).isEmpty();
    }

    @Test
    void aboutASmallShareOfALargeAmount() {
      for (int i = 0; i < 100; i++) {
        feed("system:disk_free_mb", "mb", 78_860 - random.nextInt(30));
      }
      assertThat(feed("system:disk_free_mb", "mb", 78_013, 78_013)).isEmpty();
      assertThat(feed("system:disk_free_mb", "mb", 70_000, 70_000)).hasSize(1);
    }

    @Test
    void aboutASingleGlitch() {
      quietLoad(200);
      assertThat(feed("system:load_avg", "load", 9, 0.3, 9, 0.3)).isEmpty();
    }

    @Test
    void aboutWhatItHasSaidUntilItIsLouderOrLongGone() {
      quietLoad(200);
      assertThat(feed("system:load_avg", "load", 3, 3, 3, 3.2)).hasSize(1);
      assertThat(feed("system:load_avg", "load", 8, 8)).hasSize(1);
      quietLoad(700);
      clock.advance(Duration.ofHours(7));
      assertThat(feed("system:load_avg", "load", 20, 20)).hasSize(1);
    }

    @Test
    void aboutCountersThatOnlyRise() {
      List<NewObservation> noticed = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        noticed.addAll(feed("system:uptime", "seconds", i * 5.0));
      }
      noticed.addAll(feed("system:uptime", "seconds", 9e6, 9.1e6));
      assertThat(noticed).isEmpty();
    }

    @Test
    void aboutTimeThatPassesAlsoWhenItBeganAnew() {
      List<NewObservation> noticed = new ArrayList<>();
      for (int step = 0; step < 20 * 288; step++) {
        Reading uptime =
            Reading.of(
                "system:uptime",
                step % 2_000 * 300.0,
                "seconds",
                clock.advance(Duration.ofMinutes(5)));
        noticed.addAll(observer.observe(List.of(uptime)));
      }
      assertThat(noticed)
          .extracting(one -> one.tags().get(0))
          .doesNotContain("drift", "unlike-before", "pattern");
    }

    @Test
    void aboutASilenceOfTheNodeItself() {
      for (int i = 0; i < 100; i++) {
        quietLoad(1);
        assertThat(observer.tick(clock.instant())).isEmpty();
      }
      clock.advance(Duration.ofHours(8)); // nobody looked
      quietLoad(1);
      clock.advance(Duration.ofMinutes(10));
      assertThat(observer.tick(clock.instant()))
          .singleElement()
          .extracting(NewObservation::tags)
          .isEqualTo(List.of("dropout"));
    }

    @Test
    void aboutASilenceThatItHasToldBefore() {
      quietLoad(100);
      for (int night = 0; night < 3; night++) {
        clock.advance(Duration.ofHours(8));
        assertThat(observer.tick(clock.instant())).hasSize(night == 0 ? 1 : 0);
        quietLoad(100);
      }
    }

    @Test
    void aboutNumbersThatAreNone() {
      quietLoad(200);
      assertThat(feed("system:load_avg", "load", Double.NaN, Double.POSITIVE_INFINITY)).isEmpty();
    }

    @Test
    void whileItLearnsFromHistory() {
      List<Reading> history = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        history.add(reading("system:load_avg", "load", 0.2 + 0.3 * random.nextDouble()));
      }
      history.add(reading("system:load_avg", "load", 7));
      history.add(reading("system:load_avg", "load", 7));
      observer.learn(history);
      assertThat(feed("system:load_avg", "load", 0.3)).isEmpty();
    }
  }

  private List<NewObservation> quietLoad(int values) {
    List<NewObservation> noticed = new ArrayList<>();
    for (int i = 0; i < values; i++) {
      noticed.addAll(feed("system:load_avg", "load", 0.2 + 0.3 * random.nextDouble()));
    }
    return noticed;
  }

  private List<NewObservation> feed(String source, String unit, double... values) {
    List<NewObservation> noticed = new ArrayList<>();
    for (double value : values) {
      noticed.addAll(observer.observe(List.of(reading(source, unit, value))));
    }
    return noticed;
  }

  private Reading reading(String source, String unit, double value) {
    return Reading.of(source, value, unit, clock.advance(Duration.ofSeconds(5)));
  }
}
