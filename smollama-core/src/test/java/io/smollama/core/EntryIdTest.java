package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryIdTest {
  /** The first two examples of FIPS 180-2 and the empty message. */
  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  })
  void namesContentByItsSha256(String content, String hex) {
    assertThat(EntryId.of(content.getBytes(StandardCharsets.UTF_8))).isEqualTo(new EntryId(hex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ab", "AB", "zz"})
  void refusesWhatIsNoHash(String part) {
    String hex = part.equals("ab") ? part.repeat(31) : part.repeat(32);
    assertThatThrownBy(() -> new EntryId(hex))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 lower case hexadecimal digits");
  }

  @Test
  void sortsByItsDigits() {
    assertThat(new EntryId("0a".repeat(32))).isLessThan(new EntryId("0b".repeat(32)));
  }
}
