package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.memory.ArchiveLine;
import io.smollama.memory.ImportReport;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.Observation;
import io.smollama.memory.ObservationType;
import io.smollama.memory.PythonDatabase;
import io.smollama.sync.CreditAccounts;
import io.smollama.sync.PeerDirectory.Admission;
import io.smollama.sync.PythonSyncRequest;
import io.smollama.sync.PythonSyncService;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SqliteJournal;
import io.smollama.sync.SyncReply;
import io.smollama.testkit.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes with Smollama for Python push is remembered like what nodes of this program say. */
class PythonNodeMemoryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ZoneId VIENNA = ZoneId.of("Europe/Vienna");
  private static final String AT = "2026-03-01T12:00:00.000001";

  @TempDir Path folder;
  private SqliteJournal journal;
  private MemoryStore memory;
  private PythonSyncService service;

  @BeforeEach
  void open() {
    journal =
        SqliteJournal.open(folder.resolve("journal.sqlite"), ReplicaSetup.ofThisMachine("llama"));
    memory =
        MemoryStore.open(
            folder.resolve("memory.sqlite"),
            journal,
            Optional.empty(),
            new ManualClock(),
            new MemoryStore.Settings("llama", MemoryConfig.defaults()));
    service =
        PythonSyncService.open(
            folder.resolve("python-nodes.sqlite"),
            journal.replica(),
            Admission.Admitted::new,
            new CreditAccounts(1 << 30, () -> 0),
            VIENNA,
            text -> memory.archive().factInTheseWords(text));
  }

  @AfterEach
  void close() {
    memory.catchUp();
    assertThat(memory.upkeep().verify()).isEmpty();
    assertThat(journal.verify().problems()).isEmpty();
    service.close();
    memory.close();
    journal.close();
  }

  private static String entry(String id, String type, String payload) {
    return """
        {"id":"%s","lamport_ts":1,"node_id":"pi-kitchen","event_type":"%s","payload":%s,\
        "created_at":"%s","synced_at":null}"""
        .formatted(id, type, payload, AT);
  }

  private JsonNode ask(String method, String call, String query, String body) throws IOException {
    SyncReply reply =
        service.answer(
            new PythonSyncRequest(
                method,
                "/n/kitchen/api/sync/" + call,
                Optional.of(query),
                Optional.empty(),
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))));
    assertThat(reply.status()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  private void push(String... entries) throws IOException {
    String body = "{\"node_id\":\"pi-kitchen\",\"entries\":[" + String.join(",", entries) + "]}";
    assertThat(ask("POST", "push", "", body).path("accepted_ids")).hasSize(entries.length);
    memory.catchUp();
  }

  @Test
  void observationsAndFactsAreFoldedReadingsAndTheUnknownHurtNobody() throws IOException {
    push(
        entry("r", "reading", "{\"full_id\":\"system:cpu_temp\",\"value\":45.5}"),
        entry("x", "frame", "{\"text\":\"a door\"}"),
        entry(
            "o",
            "observation",
            "{\"text\":\"The kitchen is warm\",\"type\":\"status\",\"confidence\":0.7,"
                + "\"related_sources\":[\"system:cpu_temp\"]}"),
        entry("m", "memory", "{\"fact\":\"The bins go out on Monday\",\"times_confirmed\":3}"));
    Observation observation =
        memory.observations(Optional.empty(), Instant.EPOCH, 10).stream().findFirst().orElseThrow();
    assertThat(observation.text()).isEqualTo("The kitchen is warm");
    assertThat(observation.type()).isEqualTo(ObservationType.STATUS);
    assertThat(observation.node()).isEqualTo("pi-kitchen");
    assertThat(observation.time()).contains(Instant.parse("2026-03-01T11:00:00Z"));
    Memory fact = memory.memories(10).get(0);
    assertThat(fact.fact()).isEqualTo("The bins go out on Monday");
    assertThat(fact.timesConfirmed()).isEqualTo(3);
    assertThat(fact.confidence()).isEqualTo(0.5);
    assertThat(memory.stats().observations() + memory.stats().memories()).isEqualTo(2);
  }

  @Test
  void aFactInTheseWordsIsConfirmed() throws IOException {
    memory.remember(NewMemory.of("The bins go out on Monday"));
    push(entry("m", "memory", "{\"text\":\"the bins go out on monday.\"}"));
    push(entry("m", "memory", "{\"text\":\"the bins go out on monday.\"}"));
    assertThat(memory.memories(10)).hasSize(1);
    assertThat(memory.memories(10).get(0).timesConfirmed()).isEqualTo(2);
  }

  @Test
  void importingTheNodesFileAfterwardsAddsNothing() throws IOException, SQLException {
    memory.remember(NewMemory.of("The key is under the mat"));
    push(
        entry("o", "observation", "{\"text\":\"The kitchen is warm\"}"),
        entry("m", "memory", "{\"text\":\"The bins go out on Monday\"}"));
    Path file = folder.resolve("sync.db");
    write(file, ask("GET", "pull", "since=2&limit=100", "").path("entries"));
    List<ArchiveLine> lines = new ArrayList<>();
    PythonDatabase.read(file, VIENNA, lines::add);
    assertThat(lines).hasSize(3);
    ImportReport report = memory.archive().take(lines);
    assertThat(report.added() + report.confirmed()).isZero();
  }

  /** The log of the node: what it pushed, and what it pulled. */
  private static void write(Path file, JsonNode pulled) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE crdt_log (id TEXT PRIMARY KEY, lamport_ts INTEGER NOT NULL, node_id TEXT NOT"
              + " NULL, event_type TEXT NOT NULL, payload TEXT NOT NULL, created_at TEXT NOT NULL,"
              + " synced_at TEXT)");
      insert(
          connection,
          JSON.readTree(entry("o", "observation", "{\"text\":\"The kitchen is warm\"}")));
      insert(
          connection,
          JSON.readTree(entry("m", "memory", "{\"text\":\"The bins go out on Monday\"}")));
      for (JsonNode entry : pulled) {
        insert(connection, entry);
      }
    }
  }

  private static void insert(Connection connection, JsonNode entry) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO crdt_log VALUES (?, ?, ?, ?, ?, ?, NULL)")) {
      insert.setString(1, entry.path("id").asText());
      insert.setLong(2, entry.path("lamport_ts").longValue());
      insert.setString(3, entry.path("node_id").asText());
      insert.setString(4, entry.path("event_type").asText());
      insert.setString(5, entry.path("payload").toString());
      insert.setString(6, entry.path("created_at").asText());
      insert.executeUpdate();
    }
  }
}
