package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteFileTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;

  private MemoryStore open(Path file) {
    return MemoryStore.open(file, new WordEmbeddings(64), new ManualClock());
  }

  @Test
  void copiesAStoreThatIsInUse() {
    Path file = folder.resolve("memory.sqlite");
    Path copy = folder.resolve("backups/copy.sqlite");
    try (MemoryStore store = open(file)) {
      store.remember(NewMemory.of("The bins go out on Monday"));
      assertThat(SqliteFile.backup(file, copy)).isPositive();
      store.remember(NewMemory.of("The boiler is serviced in May"));
    }
    try (MemoryStore restored = open(copy)) {
      assertThat(restored.memories(10))
          .extracting(Memory::fact)
          .containsExactly("The bins go out on Monday");
    }
  }

  /** SQLite keeps no checksum of what is in its pages; what is stored has its own. */
  @Test
  void aFlippedBitInWhatIsStoredIsFoundAndReplacesNoGoodCopy() throws SQLException {
    Path file = folder.resolve("memory.sqlite");
    Path copy = folder.resolve("copy.sqlite");
    try (MemoryStore store = open(file)) {
      List<Reading> readings =
          IntStream.range(0, 500)
              .mapToObj(i -> Reading.of("dht:cellar", 20.5 + i % 7, "C", START.plusSeconds(10 * i)))
              .toList();
      store.readings().load(readings.iterator());
      store.remember(NewMemory.of("The cellar floods in spring"));
      assertThat(SqliteFile.check(file)).isEmpty();
      SqliteFile.backup(file, copy);
    }
    for (String damage :
        List.of(
            "UPDATE chunk SET readings = zeroblob(length(readings))",
            "UPDATE rollup SET windows = zeroblob(length(windows))",
            "UPDATE item SET text = 'The Cellar floods in spring'")) {
      Path damaged = folder.resolve("damaged.sqlite");
      SqliteFile.backup(copy, damaged);
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + damaged);
          Statement statement = connection.createStatement()) {
        assertThat(statement.executeUpdate(damage)).as(damage).isPositive();
      }
      assertThat(SqliteFile.check(damaged)).as(damage).isNotEmpty();
      assertThatThrownBy(() -> SqliteFile.backup(damaged, copy))
          .as(damage)
          .hasMessageContaining("an older copy was left as it is");
    }
    assertThat(SqliteFile.check(copy)).isEmpty();
  }

  @Test
  void refusesToPutACopyInThePlaceOfAFileInUse() {
    Path file = folder.resolve("memory.sqlite");
    Path other = folder.resolve("other.sqlite");
    try (MemoryStore store = open(file);
        MemoryStore another = open(other)) {
      store.remember(NewMemory.of("The bins go out on Monday"));
      assertThatThrownBy(() -> SqliteFile.backup(file, other)).hasMessageContaining("in use");
      store.remember(NewMemory.of("The boiler is serviced in May"));
      another.remember(NewMemory.of("The key is under the pot"));
    }
    try (MemoryStore again = open(file)) {
      assertThat(again.memories(10)).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory.sqlite", "./memory.sqlite", "link.sqlite"})
  void refusesToCopyAFileOntoItself(String name) throws Exception {
    Path file = folder.resolve("memory.sqlite");
    open(file).close();
    Files.createSymbolicLink(folder.resolve("link.sqlite"), file);
    assertThatThrownBy(() -> SqliteFile.backup(file, folder.resolve(name)))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("is the file that is to be copied; name another folder");
  }

  @Test
  void keepsTheOldCopyWhenTheNewOneFails() throws Exception {
    Path file = folder.resolve("memory.sqlite");
    Path copy = folder.resolve("copy.sqlite");
    open(file).close();
    SqliteFile.backup(file, copy);
    byte[] before = Files.readAllBytes(copy);
    damage(file);
    assertThatThrownBy(() -> SqliteFile.backup(file, copy)).isInstanceOf(MemoryException.class);
    assertThat(Files.readAllBytes(copy)).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void keepsTheOldCopyWhenTheNewOneIsNotSound() throws Exception {
    Path file = folder.resolve("other.sqlite");
    Path copy = folder.resolve("copy.sqlite");
    RawSqlite.update(file, "CREATE TABLE page (text)", "INSERT INTO page VALUES (NULL)");
    SqliteFile.backup(file, copy);
    byte[] before = Files.readAllBytes(copy);
    RawSqlite.update(
        file,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE page (text NOT NULL)'");
    assertThatThrownBy(() -> SqliteFile.backup(file, copy))
        .hasMessageContaining("the copy is not sound (NULL value in page.text)");
    assertThat(Files.readAllBytes(copy)).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void leavesNothingOfACopyThatCannotTakeItsPlace() throws Exception {
    Path file = folder.resolve("memory.sqlite");
    open(file).close();
    Path taken = folder.resolve("taken");
    Files.createDirectories(taken.resolve("by a folder"));
    assertThatThrownBy(() -> SqliteFile.backup(file, taken))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining(taken.toString());
    assertThat(folder).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void takesTheHalfCopyOfACrashAway() throws Exception {
    Path file = folder.resolve("memory.sqlite");
    Path copy = folder.resolve("copy.sqlite");
    open(file).close();
    Files.writeString(folder.resolve("copy.sqlite.part"), "half");
    assertThat(SqliteFile.backup(file, copy)).isPositive();
    assertThat(SqliteFile.check(copy)).isEmpty();
    assertThat(folder).isDirectoryNotContaining("glob:**.part*");
  }

  @Test
  void namesWhatIsWrongWithAFile() throws Exception {
    Path file = folder.resolve("memory.sqlite");
    open(file).close();
    assertThat(SqliteFile.check(file)).isEmpty();
    damage(file);
    assertThat(SqliteFile.check(file)).isNotEmpty();
    assertThatThrownBy(() -> SqliteFile.check(folder.resolve("absent.sqlite")))
        .hasMessageContaining("absent.sqlite");
  }

  /** Everything but the first page. */
  private static void damage(Path file) throws Exception {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long size = channel.size();
      channel.write(ByteBuffer.allocate((int) size - 4096), 4096);
    }
  }
}
