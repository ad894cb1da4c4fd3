package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.JournalException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteVersionTest {
  @ParameterizedTest
  @ValueSource(strings = {"3.51.3", "3.52.0", "3.51.10", "4.0.0"})
  void acceptsSoundVersions(String version) {
    assertThatCode(() -> SqliteVersion.require(Path.of("j.db"), version))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.51.2", "3.9.0", "3.50.99", "2.99.99"})
  void refusesOlderOnes(String version) {
    assertThatThrownBy(() -> SqliteVersion.require(Path.of("j.db"), version))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("3.51.3");
  }
}
