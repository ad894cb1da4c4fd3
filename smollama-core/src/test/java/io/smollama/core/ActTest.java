package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActTest {
  private static final Act LAMP =
      Act.of(SourceId.parse("gpio:18"), true, Caller.person("cli"), "dark");

  @ParameterizedTest
  @ValueSource(longs = {0, -5, 367 * 86_400L, 999_999_999L * 86_400})
  void refusesTimesThatAreNone(long seconds) {
    assertThatThrownBy(() -> LAMP.within(Duration.ofSeconds(seconds)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("An output is on for");
  }

  @Test
  void takesAYear() {
    assertThat(LAMP.within(Duration.ofDays(366)).lease()).contains(Duration.ofDays(366));
  }
}
