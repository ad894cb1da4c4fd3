package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingException;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GpioReadingsTest {
  private static final List<GpioPin> PINS =
      List.of(
          new GpioPin(17, "rain", PinMode.INPUT),
          input(27, "door", Pull.UP, true),
          new GpioPin(18, "lamp", PinMode.OUTPUT),
          relay(23, OutputRules.Level.LOW),
          relay(24, OutputRules.Level.KEEP));

  private final ManualClock clock = new ManualClock();
  private final FakeBoard board = new FakeBoard();
  private final List<Reading> told = new ArrayList<>();
  private long nanos = Long.MAX_VALUE - 3_000_000;
  private final GpioReadings gpio = new GpioReadings(board, PINS, clock, () -> nanos);

  private static GpioPin input(int pin, String name, Pull pull, boolean activeLow) {
    return new GpioPin(
        pin, name, PinMode.INPUT, pull, Optional.empty(), activeLow, OutputRules.defaults());
  }

  /** Of the kind that is on when it is low. */
  private static GpioPin relay(int pin, OutputRules.Level initial) {
    OutputRules usual = OutputRules.defaults();
    OutputRules rules =
        new OutputRules(
            usual.hazard(),
            usual.maxOn(),
            usual.minOn(),
            usual.minOff(),
            usual.actsPerHour(),
            initial,
            usual.atExit(),
            List.of());
    return new GpioPin(
        pin, "relay" + pin, PinMode.OUTPUT, Pull.NONE, Optional.empty(), true, rules);
  }

  private void begin() {
    gpio.listen(told::addAll);
    gpio.begin();
  }

  private void pass(int milliseconds) {
    for (int i = 0; i < milliseconds; i++) {
      nanos += 1_000_000;
      clock.advance(Duration.ofMillis(1));
      gpio.step();
    }
  }

  @Nested
  class Reads {
    @Test
    void sourcesAreThePinsByTheirNames() {
      assertThat(gpio.sources())
          .startsWith(
              new Source(SourceId.parse("gpio:17"), "rain", "boolean"),
              new Source(SourceId.parse("gpio:27"), "door", "boolean"))
          .hasSize(5);
    }

    @Test
    void beforeTheStartOnlyInputsAndTouchesNoOutput() {
      board.high.put(17, true);
      board.high.put(27, true);
      assertThat(gpio.readAll())
          .extracting(Reading::describe)
          .containsExactly("gpio:17 on", "gpio:27 off");
      assertThat(board.calls).containsExactly("input 17", "input 27");
    }

    @Test
    void saysHowAPinWorksAndWhatIsSimulated() {
      begin();
      assertThat(gpio.read(SourceId.parse("gpio:18")).orElseThrow().metadata())
          .isEqualTo(Map.of("name", "lamp", "mode", "output"));
      GpioReadings demo = GpioReadings.of(SimulatedGpio.demoBoard(() -> nanos), clock, () -> nanos);
      assertThat(demo.readAll())
          .hasSize(3)
          .allSatisfy(reading -> assertThat(reading.display()).isEqualTo("off"))
          .allSatisfy(reading -> assertThat(reading.metadata()).containsEntry("simulated", "true"));
      assertThat(demo.says()).isEqualTo("simulated pins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpio:4", "gpio:rain", "gpio:017", "mqtt:17"})
    void unknownPinsAreNothing(String source) {
      assertThat(gpio.read(SourceId.parse(source))).isEmpty();
    }
  }

  @Nested
  class Outputs {
    @Test
    void areAsTheyAreToBeFromTheFirstMoment() {
      begin();
      assertThat(board.calls).contains("output 18 low", "output 23 high", "output 24 as it is");
      assertThat(gpio.isHigh(23)).isFalse();
    }

    @Test
    void areOnWhenLowIfTheyAreActiveLow() {
      begin();
      gpio.set(23, true);
      assertThat(board.high).containsEntry(23, false);
      assertThat(gpio.isHigh(23)).isTrue();
      assertThat(gpio.read(SourceId.parse("gpio:23")).orElseThrow().display()).isEqualTo("on");
    }

    @Test
    void unknownOnesCannotBeSet() {
      assertThatThrownBy(() -> gpio.set(4, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("4");
    }
  }

  @Nested
  class Tells {
    @Test
    void aChangeWithTheTimeOfItsFirstEdge() {
      begin();
      pass(100);
      Instant when = clock.instant();
      board.edge(27, true, nanos);
      pass(5);
      board.edge(27, false, nanos);
      pass(5);
      board.edge(27, true, nanos);
      pass(30);
      assertThat(told).extracting(Reading::describe).containsExactly("gpio:27 off");
      assertThat(told.get(0).time()).isEqualTo(when);
      assertThat(gpio.read(SourceId.parse("gpio:27")).orElseThrow().display()).isEqualTo("off");
    }

    @Test
    void anInputThatFloatsIsInDoubtAndNotListenedTo() {
      begin();
      for (int i = 0; i < 10_000; i++) {
        board.edge(17, i % 2 == 0, nanos);
        pass(i % 10 == 0 ? 1 : 0);
      }
      assertThat(board.listeners).doesNotContainKey(17);
      assertThat(told).hasSize(1);
      assertThat(told.get(0).quality()).isEqualTo(Quality.UNCERTAIN);
      assertThat(gpio.says())
          .isEqualTo(
              "fakechip0; gpio:17 (rain) is restless: it changes more than 200 times in a second");
      pass(7_000);
      assertThat(board.listeners).containsKey(17);
      assertThat(told).hasSize(2).last().extracting(Reading::quality).isEqualTo(Quality.GOOD);
      assertThat(gpio.isAilment()).isFalse();
    }

    @Test
    void aPinWhoseEdgesGetLostIsTakenAnew() {
      begin();
      board.listeners.clear();
      board.high.put(17, true);
      pass(300);
      board.high.put(17, false);
      pass(300);
      assertThat(told).extracting(Reading::display).containsExactly("on", "off");
      assertThat(board.listeners).containsKey(17);
    }
  }

  @Nested
  class Failures {
    @Test
    void onePinThatIsTakenFailsAloneAndIsTriedAgain() {
      board.refuse(17, "another program has it. End that", true);
      begin();
      assertThat(gpio.readAll()).hasSize(4);
      assertThat(gpio.says()).isEqualTo("fakechip0; gpio:17: another program has it. End that");
      assertThatThrownBy(() -> gpio.read(SourceId.parse("gpio:17")))
          .isInstanceOf(ReadingException.class)
          .hasMessage("gpio:17: another program has it. End that");
      board.refused.clear();
      pass(9_000);
      assertThat(gpio.readAll()).hasSize(4);
      pass(1_001);
      assertThat(gpio.readAll()).hasSize(5);
      assertThat(gpio.says()).isEqualTo("fakechip0");
    }

    @Test
    void ifNoPinCanBeHadAllOfItFails() {
      PINS.forEach(pin -> board.refuse(pin.pin(), "there is no chip", false));
      begin();
      assertThatThrownBy(gpio::readAll)
          .isInstanceOf(ReadingException.class)
          .hasMessageContaining("there is no chip");
      board.refused.clear();
      pass(60_000);
      assertThat(gpio.isAilment()).isTrue(); // what time cannot mend is not tried again
    }

    @Test
    void whatChangedWhileAPinWasAwayIsToldWhenItIsBack() {
      begin();
      board.refuse(17, "it is gone", true);
      pass(300);
      board.high.put(17, true);
      board.refused.clear();
      pass(10_300);
      assertThat(told).extracting(Reading::describe).containsExactly("gpio:17 on");
    }
  }
}
