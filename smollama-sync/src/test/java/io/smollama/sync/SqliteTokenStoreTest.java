package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.JournalException;
import io.smollama.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteTokenStoreTest extends TokenStoreContract {
  @TempDir private Path folder;

  @Override
  TokenStore open(ManualClock clock) {
    return SqliteTokenStore.open(folder.resolve("tokens.db"), clock, new SecureRandom());
  }

  @Test
  void noTokenIsInTheFiles() throws IOException {
    String token;
    try (TokenStore store = open(new ManualClock())) {
      token = store.create("garden");
      store.admit(token);
      try (Stream<Path> files = Files.list(folder)) {
        List<Path> all = files.toList();
        assertThat(all).hasSizeGreaterThan(1);
        for (Path file : all) {
          String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(bytes).doesNotContain(token).doesNotContain(token.substring(5));
        }
      }
    }
    assertThat(token).hasSize(48);
  }

  @Test
  void aFileThatIsNoneSaysSo() throws IOException {
    Path file = folder.resolve("letter.txt");
    Files.writeString(file, "Dear diary, ".repeat(100));
    assertThatThrownBy(() -> SqliteTokenStore.open(file, new ManualClock(), new SecureRandom()))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(file.toString());
  }
}
