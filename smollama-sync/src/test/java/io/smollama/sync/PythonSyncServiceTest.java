package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PythonSyncServiceTest extends PythonSyncFixture {
  @Nested
  class Refuses {
    @Test
    void whoHasNoGoodTokenBeforeReadingABody() throws IOException {
      InputStream never =
          new InputStream() {
            @Override
            public int read() {
              throw new AssertionError("the body was read");
            }
          };
      for (String path :
          List.of("/n/bad/api/sync/push", "/n/old/api/sync/push", "/api/sync/push")) {
        SyncReply reply =
            server
                .service()
                .answer(
                    new PythonSyncRequest("POST", path, Optional.empty(), Optional.empty(), never));
        boolean old = path.contains("old");
        assertThat(reply.status()).isEqualTo(old ? 403 : 401);
        assertThat(text(reply))
            .contains(old ? "the token of 'attic' was revoked" : "no such token");
      }
      assertThat(
              server
                  .service()
                  .answer(
                      new PythonSyncRequest(
                          "GET",
                          "/api/sync/pull",
                          Optional.empty(),
                          Optional.of("Bearer kitchen"),
                          never))
                  .status())
          .isEqualTo(200);
    }

    @Test
    void whatIsTooLargeOrNoPush() throws IOException {
      assertThat(push("kitchen", new byte[PythonSyncService.MOST_BODY_BYTES + 1]).status())
          .isEqualTo(413);
      for (String body :
          List.of(
              "",
              "[]",
              "{}",
              "{\"entries\":{}}",
              "{\"entries\":[}",
              "{\"entries\":[]} x",
              "{\"entries\":" + "[".repeat(50_000),
              "\u0000")) {
        SyncReply reply = push("kitchen", body.getBytes(StandardCharsets.UTF_8));
        assertThat(reply.status()).as(body).isEqualTo(400);
        assertThat(text(reply)).startsWith("{\"error\":\"the body: ").doesNotContain("xception");
      }
      assertThat(server.log.all()).isEmpty();
    }

    @Test
    void aPathOrACallThatThereIsNot() throws IOException {
      assertThat(get(server, "/n/kitchen/api/sync/drop", Optional.empty()).status()).isEqualTo(404);
      assertThat(get(server, "/n/kitchen/api/sync/push", Optional.empty()).status()).isEqualTo(405);
      assertThat(PythonSyncService.isFor("/n/kitchen/api/sync/push")).isTrue();
      assertThat(PythonSyncService.isFor("/api/sync/pull")).isTrue();
      assertThat(PythonSyncService.isFor("/api/sync/v2/pull")).isFalse();
      for (String query : List.of("since=x", "since=-1", "limit=", "since=" + "9".repeat(25))) {
        assertThat(get(server, "/n/kitchen/api/sync/pull", Optional.of(query)).status())
            .as(query)
            .isEqualTo(400);
      }
    }

    @Test
    void forLaterWhatItCannotStoreNow() throws IOException {
      server.open(
          new LogStoreAround(server.log) {
            @Override
            public boolean commit(Change change) {
              throw new JournalException("journal.db", "the disk is full", true);
            }
          });
      SyncReply reply = push("kitchen", PUSH.getBytes(StandardCharsets.UTF_8));
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.headers()).containsKey("Retry-After");
      assertThat(server.credits.left("kitchen")).isEqualTo(1L << 40);
      server.reopen();
      assertThat(push(PUSH)).hasSize(3);
    }
  }

  @Test
  void takesWhatARealNodeHasToPush() throws Exception {
    String data = System.getenv("SMOLLAMA_TEST_DATA");
    Assumptions.assumeTrue(data != null, "SMOLLAMA_TEST_DATA names no folder with seed/sync.db");
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("node_id", "pi-living-room");
    String url = "jdbc:sqlite:file:" + Path.of(data, "seed", "sync.db") + "?immutable=1";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM crdt_log ORDER BY lamport_ts")) {
      while (row.next()) {
        ObjectNode entry = body.withArray("entries").addObject();
        entry.put("id", row.getString("id")).put("lamport_ts", row.getLong("lamport_ts"));
        entry.put("node_id", row.getString("node_id"));
        entry.put("event_type", row.getString("event_type"));
        String payload = row.getString("payload");
        entry.set("payload", PythonNode.json(payload.getBytes(StandardCharsets.UTF_8)));
        entry.put("created_at", row.getString("created_at")).putNull("synced_at");
      }
    }
    assertThat(push(body.toString())).hasSize(60);
    assertThat(push(body.toString())).hasSize(60);
    assertThat(entries(ChainId.KNOWLEDGE)).hasSize(40);
    assertThat(entries(ChainId.READINGS)).hasSize(20);
    PythonNode other = new PythonNode("other", "garden");
    assertThat(other.pull(server.link())).hasSize(60);
    for (JsonNode sent : body.path("entries")) {
      ObjectNode entry = ((ObjectNode) sent).deepCopy();
      entry.remove("lamport_ts");
      assertThat(other.entry(sent.path("id").asText())).isEqualTo(entry);
    }
  }
}
