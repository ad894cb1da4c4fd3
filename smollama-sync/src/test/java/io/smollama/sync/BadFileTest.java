package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BadFileTest {
  @TempDir Path folder;

  @Test
  void textFile() throws Exception {
    Files.writeString(Setups.database(folder), "This is not a database. ".repeat(100));
    refusedUntouched("not a Smollama journal");
  }

  @Test
  void databaseOfAnotherProgram() throws Exception {
    Setups.sql(folder, "CREATE TABLE t (x)");
    refusedUntouched("another program");
  }

  @Test
  void newerVersion() throws Exception {
    Setups.open(folder).close();
    Setups.sql(folder, "PRAGMA user_version = 3");
    refusedUntouched("version 3");
  }

  @Test
  void newerReplicaFile() throws Exception {
    Setups.open(folder).close();
    Files.writeString(folder.resolve("replica.json"), "{\"format\":2}");
    refusedUntouched("newer");
  }

  @Test
  void damagedFirstPage() throws Exception {
    filled();
    damage(folder, 0, 100);
    refusedUntouched("not a Smollama journal");
  }

  @Test
  void damagedSchema() throws Exception {
    filled();
    damage(folder, 100, 4_000);
    refusedUntouched("damaged");
  }

  @Test
  void damagedPageAfterACrash() throws Exception {
    filled();
    String closed = Files.readString(folder.resolve("replica.json"));
    String crashed = closed.replace("\"to\" : 100", "\"to\" : 200");
    assertThat(crashed).isNotEqualTo(closed);
    Files.writeString(folder.resolve("replica.json"), crashed);
    damage(folder, 12 * 4096, 13 * 4096);
    refusedUntouched("damaged");
  }

  @Test
  void damagedPageWithALogThatACrashLeft() throws Exception {
    Path image = folder.resolve("image");
    filled();
    try (SqliteJournal journal = Setups.open(folder)) {
      journal.append(ChainId.READINGS, "reading.batch", "{}");
      Setups.crashImage(folder, image);
    }
    damage(image, 12 * 4096, 13 * 4096);
    byte[] database = Files.readAllBytes(Setups.database(image));
    byte[] log = Files.readAllBytes(image.resolve("journal.db-wal"));
    assertThat(log).isNotEmpty();
    assertClear(() -> Setups.open(image), "damaged");
    assertThat(Files.readAllBytes(Setups.database(image))).isEqualTo(database);
    assertThat(Files.readAllBytes(image.resolve("journal.db-wal"))).isEqualTo(log);
  }

  @Test
  void cutFile() throws Exception {
    filled();
    byte[] bytes = Files.readAllBytes(Setups.database(folder));
    Files.write(Setups.database(folder), Arrays.copyOf(bytes, 3 * 4096));
    refusedUntouched("damaged");
  }

  @Test
  void damagedRow() throws Exception {
    filled();
    Setups.sql(folder, "UPDATE meta SET origin = x'00'");
    refusedUntouched("damaged");
  }

  @Test
  void damagedEntryRowIsReportedWhenRead() throws Exception {
    try (SqliteJournal journal = Setups.open(folder)) {
      Setups.sql(folder, "UPDATE entry SET id = x'00'");
      assertThatThrownBy(() -> journal.above(io.smollama.core.Frontier.EMPTY, 1))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void fileInPlaceOfTheFolder() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    assertClear(() -> Setups.open(file.resolve("data")), "check its folder");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void folderThatNobodyCanWrite() {
    assertClear(() -> Setups.open(Path.of("/proc/self")), "cannot be read or written");
  }

  /** Denied to root as well, so that the test holds whoever runs it. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void folderThatWeCannotWrite() {
    assertClear(() -> Setups.open(Path.of("/sys/kernel")), "owner and mode");
  }

  @Test
  void folderInPlaceOfTheFile() throws Exception {
    Files.createDirectories(Setups.database(folder).resolve("x"));
    assertClear(() -> Setups.open(folder), "is a folder");
  }

  private void filled() {
    try (SqliteJournal journal = Setups.open(folder)) {
      for (int i = 0; i < 100; i++) {
        journal.append(ChainId.KNOWLEDGE, "obs.add", "{\"text\":\"" + "x".repeat(500) + "\"}");
      }
      journal.append(ChainId.ROLLUPS, "rollup.window", "{}");
      assertThat(journal.frontier().chains()).hasSize(3);
    }
  }

  private static void damage(Path folder, int from, int to) throws Exception {
    byte[] bytes = Files.readAllBytes(Setups.database(folder));
    Arrays.fill(bytes, from, to, (byte) 0x5a);
    Files.write(Setups.database(folder), bytes);
  }

  private void refusedUntouched(String what) throws Exception {
    byte[] before = Files.readAllBytes(Setups.database(folder));
    assertClear(() -> Setups.open(folder), what);
    assertThat(Files.readAllBytes(Setups.database(folder))).isEqualTo(before);
    assertClear(() -> Setups.open(folder), what); // and the lock was let go of
  }

  private void assertClear(Runnable open, String what) {
    assertThatThrownBy(open::run)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(what)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").contains("/"));
  }
}
