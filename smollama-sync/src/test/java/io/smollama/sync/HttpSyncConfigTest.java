package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpSyncConfigTest {
  private static final String TOKEN = "secret-of-the-kitchen";

  @Test
  void aTokenIsNeverShown() {
    HttpSyncConfig config = HttpSyncConfig.of(URI.create("http://a:1"), Optional.of(TOKEN));
    assertThat(config.toString()).doesNotContain(TOKEN);
    assertThatThrownBy(
            () -> HttpSyncConfig.of(URI.create("http://a:1"), Optional.of("two words\n")))
        .hasMessageNotContaining("two words");
  }

  @ParameterizedTest
  @CsvSource({"llama:8080", "ftp://llama", "/api", "http://user:word@llama", "http://llama?a=b"})
  void anAddressIsChecked(String address) {
    assertThatThrownBy(() -> HttpSyncConfig.of(URI.create(address), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A Llama server's address")
        .hasMessageNotContaining("word");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:1, true",
    "https://LocalHost, true",
    "http://127.0.0.1:1, true",
    "http://[::1]:1, true",
    "http://127.0.0.1.example, false",
    "http://192.168.1.7, false",
  })
  void thisMachineIsKnownByItsLoopbackNames(String address, boolean loopback) {
    HttpSyncConfig config = HttpSyncConfig.of(URI.create(address), Optional.empty());
    assertThat(config.isLoopback()).isEqualTo(loopback);
  }
}
