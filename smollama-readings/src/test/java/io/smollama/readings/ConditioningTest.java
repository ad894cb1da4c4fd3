package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.testkit.FixedReadings;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConditioningTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private static SourceRule rule(
      double scale, double offset, Double min, Double max, Double maxRate, Duration smoothing) {
    return new SourceRule(
        "balcony:*",
        Optional.empty(),
        Optional.empty(),
        Duration.ofMinutes(10),
        scale,
        offset,
        Optional.ofNullable(min),
        Optional.ofNullable(max),
        Optional.ofNullable(maxRate),
        Optional.ofNullable(smoothing));
  }

  private static Conditioning of(SourceRule rule) {
    return new Conditioning(List.of(rule));
  }

  private static Reading temperature(double number, int second) {
    return Reading.of("balcony:temperature", number, "celsius", NOON.plusSeconds(second));
  }

  /** What comes of readings every 5 seconds; a question mark is behind those in doubt. */
  private static List<String> given(Conditioning conditioning, double... numbers) {
    List<String> given = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      Reading reading = conditioning.of(temperature(numbers[i], i * 5));
      given.add(reading.value().text() + (reading.quality() == Quality.GOOD ? "" : "?"));
    }
    return given;
  }

  @Test
  void aNumberIsScaledAndThenMoved() {
    assertThat(given(of(rule(1.8, 32, null, null, null, null)), 20, -40))
        .containsExactly("68", "-40");
  }

  @Test
  void whatCannotBeIsKeptAndDoubted() {
    Conditioning limited = of(rule(1, 0, -30.0, 50.0, null, null));
    assertThat(given(limited, -30, -30.1, 50, 85)).containsExactly("-30", "-30.1?", "50", "85?");
    assertThat(limited.of(temperature(85, 60)).metadata())
        .containsEntry(Reading.DOUBT, "above its max of 50");
  }

  @Test
  void whatIsNoFiniteNumberIsDoubtedWithoutAnyRule() {
    for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThat(Conditioning.none().of(temperature(number, 0)).quality())
          .isEqualTo(Quality.UNCERTAIN);
    }
  }

  @Test
  void aSpikeIsDoubtedAndLeavesNoTrace() {
    Conditioning rated = of(rule(1, 0, null, null, 2.0, null));
    assertThat(given(rated, 20, 20.1, 27, 20.2, 20.1))
        .containsExactly("20", "20.1", "27?", "20.2", "20.1");
  }

  @Test
  void aStepOfTheRealThingIsBelievedFromTheThirdOn() {
    Conditioning rated = of(rule(1, 0, null, null, 2.0, null));
    assertThat(given(rated, 20, 27, 27.1, 26.9, 27, 20))
        .containsExactly("20", "27?", "27.1?", "26.9", "27", "20?");
  }

  @Test
  void wildNumbersThatDoNotAgreeAreNeverBelieved() {
    Conditioning rated = of(rule(1, 0, null, null, 2.0, null));
    assertThat(given(rated, 20, 60, 90, 55, 99, 20))
        .containsExactly("20", "60?", "90?", "55?", "99?", "20");
  }

  @Test
  void manySmallChangesThatAreTooFastTogetherAreFound() {
    Conditioning rated = of(rule(1, 0, null, null, 2.0, null));
    assertThat(given(rated, 20, 21.5, 23, 24.5)).containsExactly("20", "21.5", "23?", "24.5?");
  }

  @Test
  void whatChangesSlowlyEnoughMayChangeByMuch() {
    Conditioning rated = of(rule(1, 0, null, null, 2.0, null));
    for (int minute = 0; minute < 60; minute++) {
      assertThat(rated.of(temperature(20 + 1.9 * minute, minute * 60)).quality())
          .isEqualTo(Quality.GOOD);
    }
    assertThat(rated.of(temperature(20, 60 * 60 * 3)).quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void smoothingFollowsAStepBy63PercentInItsTime() {
    Conditioning smooth = of(rule(1, 0, null, null, null, Duration.ofSeconds(60)));
    smooth.of(temperature(0, 0));
    double often = 0;
    for (int second = 5; second <= 60; second += 5) {
      often = smooth.of(temperature(10, second)).value().asNumber().orElseThrow();
    }
    assertThat(often).isCloseTo(6.32, within(0.01));
    Conditioning seldom = of(rule(1, 0, null, null, null, Duration.ofSeconds(60)));
    seldom.of(temperature(0, 0));
    assertThat(seldom.of(temperature(10, 60)).value().asNumber().orElseThrow())
        .isCloseTo(often, within(1e-9));
  }

  @Test
  void whatIsDoubtedIsNotSmoothedIn() {
    Conditioning smooth = of(rule(1, 0, 0.0, 50.0, null, Duration.ofSeconds(60)));
    assertThat(given(smooth, 20, 85, 20)).containsExactly("20", "85?", "20");
    Reading doubted = temperature(40, 15).doubted("its check sum is wrong");
    assertThat(smooth.of(doubted)).isEqualTo(doubted);
    assertThat(smooth.of(temperature(20, 20)).value().text()).isEqualTo("20");
  }

  @Test
  void theSameReadingAgainGivesTheSameAgain() {
    Conditioning smooth = of(rule(1, 0, null, null, 2.0, Duration.ofSeconds(60)));
    smooth.of(temperature(20, 0));
    Reading first = smooth.of(temperature(21, 30));
    assertThat(smooth.of(temperature(21, 30))).isEqualTo(first);
    Reading spike = temperature(90, 40);
    for (int time = 0; time < 5; time++) {
      assertThat(smooth.of(spike).quality()).isEqualTo(Quality.UNCERTAIN);
    }
  }

  @Test
  void aClockThatWasSetBackFreezesNothing() {
    Conditioning smooth = of(rule(1, 0, null, null, 2.0, Duration.ofSeconds(60)));
    smooth.of(temperature(20, 0));
    assertThat(smooth.of(temperature(35, -5000)).describe()).isEqualTo("balcony:temperature 35 °C");
    assertThat(smooth.of(temperature(35, -4995)).quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void flagsAndTextsPass() {
    Conditioning limited = of(rule(2, 0, 5.0, 6.0, null, null));
    Reading open = Reading.of("balcony:door", true, NOON);
    SourceId id = SourceId.parse("balcony:words");
    Reading words = new Reading(id, new ReadingValue.Text("ajar"), "", NOON, Map.of());
    assertThat(limited.of(List.of(open, words))).containsExactly(open, words);
  }

  @Test
  void theHubSetsRightWhateverWayAReadingTakes() {
    ManualClock clock = new ManualClock();
    FixedReadings balcony = new FixedReadings("balcony", clock).set("temperature", 20, "celsius");
    List<Reading> heard = new ArrayList<>();
    try (ReadingHub hub =
        new ReadingHub(
            HubConfig.defaults(),
            clock,
            Nanos.of(clock),
            of(rule(1, -1.5, null, 50.0, null, null)))) {
      hub.register(balcony);
      hub.listen(heard::addAll);
      balcony.set("temperature", 20, "celsius");
      List<Reading> all = new ArrayList<>(heard);
      all.addAll(hub.readAll());
      all.addAll(hub.readAll(source -> source.type().equals("balcony")));
      all.add(hub.read(SourceId.parse("balcony:temperature")).orElseThrow());
      assertThat(all)
          .hasSize(4)
          .allSatisfy(one -> assertThat(one.describe()).isEqualTo("balcony:temperature 18.5 °C"));
    }
  }

  @Test
  void rulesThatMakeNoSenseAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(0, 0, null, null, null, null))
        .withMessage("The scale of balcony:* is a number and not 0, was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(1, 0, 5.0, 5.0, null, null))
        .withMessage("The min of balcony:* is below its max, was 5.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(1, 0, null, null, 0.0, null))
        .withMessage("The max_rate of balcony:* is above 0, was 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(1, 0, null, null, null, Duration.ZERO))
        .withMessageContaining("The smoothing of balcony:* is above 0");
  }
}
