package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnusableFileTest extends MemoryFixture {
  @BeforeEach
  void stop() {
    store.close();
  }

  @Test
  void aFileThatIsNoDatabaseIsNamedAndLeftAlone() throws Exception {
    byte[] garbage =
        "This is no database, but a long enough text to look like a page. ".repeat(99).getBytes();
    Files.write(file(), garbage);
    assertThatThrownBy(this::open)
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("move it away")
        .matches(failure -> !((MemoryException) failure).isDamage());
    assertThat(Files.readAllBytes(file())).isEqualTo(garbage);
  }

  @Test
  void pythonsDatabaseIsNamedAndLeftAlone() throws Exception {
    Files.delete(file());
    sql("CREATE TABLE readings_log (id INTEGER)");
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(this::open).hasMessageContaining("Smollama for Python");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void newerFormatAsksForAnUpdate() throws Exception {
    sql("PRAGMA user_version = 99");
    assertThatThrownBy(this::open).hasMessageContaining("update this program");
  }

  @Test
  void folderThatIsAFileIsNamed() throws Exception {
    Path blocked = Files.writeString(folder.resolve("blocked"), "");
    assertThatThrownBy(
            () -> MemoryStore.open(blocked.resolve("m.sqlite"), new WordEmbeddings(8), clock))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("blocked");
  }

  @Test
  void aMemoryThatWasUsedAloneKeepsItsJournal() {
    Path alone = folder.resolve("alone.sqlite");
    try (MemoryStore embedded = MemoryStore.open(alone, new WordEmbeddings(8), clock)) {
      embedded.remember(NewMemory.of("Alone"));
    }
    try (MemoryStore embedded = MemoryStore.open(alone, new WordEmbeddings(8), clock)) {
      assertThat(embedded.memories(5)).hasSize(1);
    }
    assertThatThrownBy(() -> open(alone)).hasMessageContaining("own journal");
  }
}
