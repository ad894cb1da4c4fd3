package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files as the first version wrote them. */
class FirstVersionTest extends HistoryFixture {
  private Path first(String... rows) throws Exception {
    Path file = folder.resolve("old.sqlite");
    RawSqlite.update(
        file,
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        "PRAGMA application_id = " + 0x536D4D65,
        "PRAGMA user_version = 1");
    RawSqlite.update(file, HistoryTables.VERSION_1.toArray(String[]::new));
    RawSqlite.update(file, KnowledgeTables.VERSION_1.toArray(String[]::new));
    RawSqlite.update(file, rows);
    return file;
  }

  @Test
  void factsAreKept() throws Exception {
    Path old =
        first(
            "INSERT INTO local_journal VALUES (1, 1, '%s', 1, 1000, 'mem.add', '%s')"
                .formatted("0a".repeat(32), "{\"text\":\"Old news\",\"confidence\":500}"));
    try (MemoryStore alone = MemoryStore.open(old, new WordEmbeddings(8), clock)) {
      assertThat(alone.memories(5)).extracting(Memory::fact).containsExactly("Old news");
      assertThat(alone.remember(NewMemory.of("old news")).memory().timesConfirmed()).isEqualTo(2);
    }
  }

  @Test
  void readingsAreKept() throws Exception {
    Path old =
        first(
            "INSERT INTO meta VALUES ('readings', '5004')",
            "INSERT INTO source VALUES (1, 'mqtt', 'hall/temperature', 'celsius', '{\"room\":\"hall\"}'),"
                + " (2, 'gpio', '17', 'bool', '{}')",
            "INSERT INTO reading WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
                + " WHERE i < 4999) SELECT 1, i * 1000, 0, i / 10.0 FROM n",
            "INSERT INTO reading VALUES (2, 5, 1, 1), (2, 6, 2, '54'), (2, 7, 0, NULL),"
                + " (2, 8, 3, '[1]')");
    try (MemoryStore opened = open(old)) {
      ReadingHistory kept = opened.readings();
      assertThat(kept.count()).isEqualTo(5_004);
      List<Reading> hall = kept.range(HALL, Instant.EPOCH, FAR, Integer.MAX_VALUE);
      assertThat(hall).hasSize(5_000);
      for (int i = 0; i < 5_000; i++) {
        assertThat(hall.get(i))
            .isEqualTo(
                new Reading(
                    HALL,
                    new ReadingValue.Quantity(i / 10.0),
                    "celsius",
                    Instant.ofEpochSecond(i),
                    Map.of("room", "hall")));
      }
      assertThat(kept.range(SourceId.parse("gpio:17"), Instant.EPOCH, FAR, 9))
          .extracting(Reading::value)
          .containsExactly(
              new ReadingValue.Flag(true),
              new ReadingValue.Text("54"),
              new ReadingValue.Quantity(Double.NaN),
              new ReadingValue.Json("[1]"));
    }
    assertThat(SqliteFile.check(old)).isEmpty();
  }
}
