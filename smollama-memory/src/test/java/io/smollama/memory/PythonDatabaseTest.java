package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonDatabaseTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeOne() throws SQLException {
    file = folder.resolve("memory.db");
    run(
        "CREATE TABLE readings_log (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT NOT NULL,"
            + " source_type TEXT NOT NULL, source_id TEXT NOT NULL, full_id TEXT GENERATED ALWAYS AS"
            + " (source_type || ':' || source_id) STORED, value TEXT NOT NULL, value_numeric REAL,"
            + " unit TEXT, metadata TEXT, node_id TEXT NOT NULL, created_at TEXT)",
        "CREATE TABLE observations (id INTEGER PRIMARY KEY AUTOINCREMENT, timestamp TEXT NOT NULL,"
            + " text TEXT NOT NULL, confidence REAL, observation_type TEXT, related_sources TEXT,"
            + " node_id TEXT NOT NULL, created_at TEXT)",
        "CREATE TABLE memories (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL,"
            + " confidence REAL, times_confirmed INTEGER, active INTEGER, node_id TEXT NOT NULL,"
            + " created_at TEXT, updated_at TEXT)");
  }

  private void run(String... statements) throws SQLException {
    RawSqlite.update(file, statements);
  }

  private List<ArchiveLine> lines() {
    List<ArchiveLine> lines = new ArrayList<>();
    PythonDatabase.read(file, BERLIN, lines::add);
    return lines;
  }

  private Reading reading(String time, String value, String unit) throws SQLException {
    run(
        "DELETE FROM readings_log",
        "INSERT INTO readings_log (timestamp, source_type, source_id, value, unit, metadata,"
            + " node_id) VALUES ('%s', 'plugin', 'a/b:c', '%s', %s, '{\"name\": \"x\", \"n\": 1}',"
                .formatted(time, value, unit)
            + " 'pi')");
    return ((ReadingRecord) lines().get(0)).reading();
  }

  @Test
  void readsTimesWithAndWithoutOffset() throws SQLException {
    assertThat(reading("2026-03-01T06:00:00", "1", "NULL").time())
        .isEqualTo(Instant.parse("2026-03-01T05:00:00Z"));
    assertThat(reading("2026-03-01T06:00:00.123456+00:00", "1", "NULL").time())
        .isEqualTo(Instant.parse("2026-03-01T06:00:00.123456Z"));
  }

  @Test
  void tellsNumbersTextsFlagsAndStructuresApart() throws SQLException {
    assertThat(reading("2026-03-01T06:00:00", "54.5", "'%'").value())
        .isEqualTo(new ReadingValue.Quantity(54.5));
    assertThat(reading("2026-03-01T06:00:00", "\"54\"", "'%'").value())
        .isEqualTo(new ReadingValue.Text("54"));
    assertThat(reading("2026-03-01T06:00:00", "1", "'boolean'").value())
        .isEqualTo(new ReadingValue.Flag(true));
    assertThat(reading("2026-03-01T06:00:00", "true", "NULL").value())
        .isEqualTo(new ReadingValue.Flag(true));
    assertThat(reading("2026-03-01T06:00:00", "NaN", "NULL").value())
        .isEqualTo(new ReadingValue.Quantity(Double.NaN));
    assertThat(reading("2026-03-01T06:00:00", "ajar", "NULL").value())
        .isEqualTo(new ReadingValue.Text("ajar"));
    Reading structure = reading("2026-03-01T06:00:00", "{\"ok\": true}", "NULL");
    assertThat(structure.value()).isEqualTo(new ReadingValue.Json("{\"ok\": true}"));
    assertThat(structure.source()).isEqualTo(new SourceId("plugin", "a/b:c"));
    assertThat(structure.metadata()).isEqualTo(Map.of("name", "x", "n", "1"));
  }

  private KnowledgeRecord observation(String type, double confidence) throws SQLException {
    run(
        "DELETE FROM observations",
        "INSERT INTO observations (timestamp, text, confidence, observation_type, related_sources,"
            + " node_id, created_at) VALUES ('2026-03-01T06:00:00', 'Hall cold', %s, '%s',"
                .formatted(confidence, type)
            + " '[\"mqtt:hall/temp\"]', 'attic', '')");
    return (KnowledgeRecord) lines().get(0);
  }

  private KnowledgeRecord fact(int timesConfirmed, int active) throws SQLException {
    run(
        "DELETE FROM memories",
        "INSERT INTO memories (text, confidence, times_confirmed, active, node_id, created_at)"
            + " VALUES ('Bins on Monday', 0.7, %d, %d, 'attic', '2026-03-01 05:00:00')"
                .formatted(timesConfirmed, active));
    return (KnowledgeRecord) lines().get(0);
  }

  @Test
  void readsAnObservationWithAllThatItKnows() throws SQLException {
    KnowledgeRecord observation = observation("anomaly", 0.6);
    assertThat(observation.kind()).isEqualTo(KnowledgeKind.OBSERVATION);
    assertThat(observation.text()).isEqualTo("Hall cold");
    assertThat(observation.type()).isEqualTo(ObservationType.ANOMALY);
    assertThat(observation.confidence()).isEqualTo(0.6);
    assertThat(observation.active()).isTrue();
    assertThat(observation.time()).contains(Instant.parse("2026-03-01T05:00:00Z"));
    assertThat(observation.sources()).containsExactly(SourceId.parse("mqtt:hall/temp"));
    assertThat(observation.node()).contains("attic");
    assertThat(observation.provenance()).isEqualTo(Provenance.MODEL);
    assertThat(observation("hunch", 1.7).type()).isEqualTo(ObservationType.GENERAL);
    assertThat(observation("hunch", 1.7).confidence()).isEqualTo(1);
    assertThat(observation("hunch", -1).confidence()).isZero();
  }

  @Test
  void readsAFactWithAllThatItKnows() throws SQLException {
    KnowledgeRecord fact = fact(3, 1);
    assertThat(fact.kind()).isEqualTo(KnowledgeKind.MEMORY);
    assertThat(fact.text()).isEqualTo("Bins on Monday");
    assertThat(fact.timesConfirmed()).isEqualTo(3);
    assertThat(fact.active()).isTrue();
    assertThat(fact.time()).contains(Instant.parse("2026-03-01T05:00:00Z"));
    assertThat(fact.node()).contains("attic");
    assertThat(fact.key()).isEqualTo(((KnowledgeRecord) lines().get(0)).key()).isPresent();
    assertThat(fact(0, 0).timesConfirmed()).isEqualTo(1);
    assertThat(fact(0, 0).active()).isFalse();
  }

  @Test
  void namesTheRowThatCannotBeRead() throws SQLException {
    run(
        "INSERT INTO observations (timestamp, text, confidence, observation_type, related_sources,"
            + " node_id, created_at) VALUES ('yesterday', 'x', 0.8, 'pattern', NULL, 'pi', '')");
    assertThatThrownBy(this::lines)
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("row 1 of observations")
        .hasMessageContaining("yesterday");
  }

  @Test
  void refusesOtherFiles() throws Exception {
    Path other = Files.writeString(folder.resolve("notes.txt"), "no database");
    assertThatThrownBy(() -> PythonDatabase.read(other, BERLIN, line -> {}))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("notes.txt");
  }

  @Test
  void readsARealOne() {
    String data = System.getenv("SMOLLAMA_TEST_DATA");
    assumeTrue(data != null, "SMOLLAMA_TEST_DATA names no folder with a real database");
    file = Path.of(data, "seed", "memory.db");
    List<ArchiveLine> lines = lines();
    List<KnowledgeRecord> knowledge =
        lines.stream()
            .filter(line -> line instanceof KnowledgeRecord)
            .map(line -> (KnowledgeRecord) line)
            .toList();
    assertThat(lines).hasSize(481 + 40 + 12);
    assertThat(knowledge).hasSize(52);
    assertThat(knowledge.stream().map(KnowledgeRecord::key).distinct()).hasSize(52);
    assertThat(knowledge).filteredOn(record -> record.timesConfirmed() == 2).hasSize(1);
    assertThat(knowledge).filteredOn(record -> !record.active()).hasSize(1);
    assertThat(lines)
        .allSatisfy(line -> assertThat(ArchiveLine.parse(line.json())).isEqualTo(line));
  }

  @Test
  void readsTheLogOfARealOne() {
    String data = System.getenv("SMOLLAMA_TEST_DATA");
    assumeTrue(data != null, "SMOLLAMA_TEST_DATA names no folder with a real log");
    file = Path.of(data, "seed", "sync.db");
    List<ArchiveLine> lines = lines();
    assertThat(lines).hasSize(40).allMatch(line -> line instanceof KnowledgeRecord);
    assertThat(((KnowledgeRecord) lines.get(0)).text()).isEqualTo("entry 1 é");
  }
}
