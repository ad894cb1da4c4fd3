package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.1.50, http://192.168.1.50:11434",
    "192.168.1.50:8000, http://192.168.1.50:8000",
    "http://pi, http://pi:80",
    "http://pi:11434/, http://pi:11434",
    "https://models.example/ollama/, https://models.example:443/ollama",
    "' \"localhost:1234\" ', http://127.0.0.1:1234",
    "0.0.0.0, http://127.0.0.1:11434",
    "[::], http://[::1]:11434",
    "[::1]:9000, http://[::1]:9000"
  })
  void isReadAsOllamaReadsIt(String text, String address) {
    assertThat(OllamaAddress.of(text, 11434)).hasToString(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x", "http://", "a b", "pi:99999", "pi:port", "http://pi:0"})
  void thatIsNoneIsNamed(String text) {
    assertThatThrownBy(() -> OllamaAddress.of(text, 11434)).hasMessageContaining(text);
  }
}
