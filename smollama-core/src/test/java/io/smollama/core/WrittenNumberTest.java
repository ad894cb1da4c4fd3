package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenNumberTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0.0",
        "21.3",
        "+5",
        ".5",
        "5.",
        "1e5",
        "1E-7",
        "123456789012345",
        "9007199254740992",
        "1152921504606846976",
        "0.30000000000000004",
        "0.7999999999999999",
        "1.7976931348623157e308",
        "4.9e-324",
        "5e-324",
        "21.30000000000000000000",
        "1e22",
        "100000000000000000000"
      })
  void whatComesBackIsExact(String text) {
    assertThat(WrittenNumber.parse(text))
        .isEqualTo(new WrittenNumber(Double.parseDouble(text), true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740993",
        "-12345678901234567890",
        "3.14159265358979323846",
        "1e-400",
        "21.300000000000000001"
      })
  void whatDoesNotIsToldAndTheNearestIsTaken(String text) {
    assertThat(WrittenNumber.parse(text))
        .isEqualTo(new WrittenNumber(Double.parseDouble(text), false));
  }

  @Test
  void everyDoubleThatAProgramWroteIsExact() {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double number = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(number)) {
        assertThat(WrittenNumber.parse(Double.toString(number)).number()).isEqualTo(number);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e400", "-1e309", "1e999999999"})
  void whatIsTooLargeIsRefused(String text) {
    assertThatThrownBy(() -> WrittenNumber.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large to be kept");
  }
}
