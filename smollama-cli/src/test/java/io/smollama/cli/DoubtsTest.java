package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoubtsTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final Doubts doubts = new Doubts();

  private List<NewObservation> after(long hours, double value) {
    Instant time = NOON.plusSeconds(3600 * hours);
    return doubts.of(
        List.of(Reading.of("water:temperature", value, "celsius", time).doubted("above 60 °C")));
  }

  @Test
  void areToldOnceInAWhile() {
    assertThat(after(0, 85))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.text())
                  .isEqualTo("water:temperature says 85 °C, which can hardly be: above 60 °C");
              assertThat(one.type()).isEqualTo(ObservationType.ANOMALY);
            });
    assertThat(after(1, 85)).isEmpty();
    assertThat(after(6, 86)).hasSize(1);
  }

  @Test
  void areNotOfWhatIsSound() {
    assertThat(doubts.of(List.of(Reading.of("water:temperature", 41, "celsius", NOON)))).isEmpty();
  }
}
