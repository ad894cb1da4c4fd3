package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server for nodes with Smollama for Python, and what such a node sends to it. */
abstract class PythonSyncFixture {
  /** As the client of Smollama for Python writes it. */
  static final String PUSH =
      """
      {"node_id": "pi-living-room", "entries": [
      {"id": "c01ccc9e-57a0-43e5-9d2b-39b8baa2c5df", "lamport_ts": 1, "node_id": "pi-living-room",
       "event_type": "reading", "payload": {"source_type": "system", "source_id": "cpu_temp",
       "full_id": "system:cpu_temp", "value": 45.5, "unit": "celsius", "extra": [1, null]},
       "created_at": "2026-11-22T16:42:27.945942", "synced_at": null},
      {"id": "cb0db491-c64e-4729-9368-adbdac9bc6fc", "lamport_ts": 2, "node_id": "pi-living-room",
       "event_type": "observation", "payload": {"text": "It is warm \\u00e9", "type": "pattern",
       "confidence": 0.7, "related_sources": ["system:cpu_temp", 7], "nested": {"k": [1, true]}},
       "created_at": "2026-11-22T16:42:27.946936", "synced_at": null},
      {"id": "e479e31d-371e-410b-853d-cdceabe1dc86", "lamport_ts": 3, "node_id": "pi-living-room",
       "event_type": "memory", "payload": {"fact": "The bins go out on Monday", "confidence": 0.9,
       "times_confirmed": 3}, "created_at": "2026-11-22T16:42:27.948760", "synced_at": null}]}""";

  @TempDir Path folder;
  PythonServer server;

  @BeforeEach
  void open() {
    server = new PythonServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  SyncReply push(String token, byte[] body) throws IOException {
    return server
        .service()
        .answer(
            new PythonSyncRequest(
                "POST",
                "/n/" + token + "/api/sync/push",
                Optional.empty(),
                Optional.empty(),
                new ByteArrayInputStream(body)));
  }

  List<String> push(String body) throws IOException {
    SyncReply reply = push("kitchen", body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(text(reply)).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    PythonNode.json(reply.body()).path("accepted_ids").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  static String text(SyncReply reply) {
    return PythonNode.text(reply.body());
  }

  static SyncReply get(PythonServer server, String path, Optional<String> query)
      throws IOException {
    return server
        .service()
        .answer(
            new PythonSyncRequest(
                "GET", path, query, Optional.empty(), InputStream.nullInputStream()));
  }

  /** Entries of nodes, without the first of each origin. */
  List<Entry> entries(int stream) {
    return server.log.all().stream()
        .filter(entry -> entry.header().chain().stream() == stream)
        .toList();
  }

  static JsonNode payload(Entry entry) {
    return PythonForm.payload(entry).orElseThrow();
  }

  static String one(String id, String type, String payload) {
    return entry("\"" + id + "\"", "5", "\"" + type + "\"", payload, "\"2026-11-22T16:42:27\"");
  }

  static String entry(String id, String lamport, String type, String payload, String at) {
    return """
        {"id": %s, "lamport_ts": %s, "node_id": "pi", "event_type": %s, "payload": %s,
         "created_at": %s, "synced_at": null}"""
        .formatted(id, lamport, type, payload, at);
  }

  static String body(String... entries) {
    return "{\"node_id\": \"pi\", \"entries\": [" + String.join(",", entries) + "]}";
  }
}
