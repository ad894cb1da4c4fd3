package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A switch is on or off, however its value came. */
class FlagWordsTest {
  @Test
  void aNumberOfTheUnitBooleanIsOnOrOff() {
    assertThat(Reading.of("door:front", 1, Units.BOOLEAN, Instant.EPOCH).describe())
        .isEqualTo("door:front on")
        .isEqualTo(Reading.of("door:front", true, Instant.EPOCH).describe());
    assertThat(Reading.of("door:front", 0, Units.BOOLEAN, Instant.EPOCH).display())
        .isEqualTo("off");
  }

  @Test
  void otherNumbersStayNumbers() {
    assertThat(Reading.of("door:front", 2, Units.BOOLEAN, Instant.EPOCH).display()).isEqualTo("2");
    assertThat(Reading.of("door:count", 1, "", Instant.EPOCH).display()).isEqualTo("1");
  }
}
