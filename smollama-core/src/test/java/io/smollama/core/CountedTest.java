package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
  @Test
  void oneIsOne() {
    assertThat(Counted.of(1, "reading")).isEqualTo("1 reading");
    assertThat(Counted.of(0, "reading")).isEqualTo("0 readings");
    assertThat(Counted.of(1_234, "entry", "entries")).isEqualTo("1,234 entries");
  }
}
