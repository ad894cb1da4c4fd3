package io.smollama.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A node with Smollama for Python, by the rules of its log and its client: entries have UUIDs and
 * Lamport timestamps; a push has the oldest that are not marked as sent, and marks what is
 * accepted; a pull asks for what lies above the highest timestamp that is held; known ids are
 * passed over.
 */
final class PythonNode {
  static final int BATCH = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final String token;
  private final Map<String, Row> log = new LinkedHashMap<>();
  private long clock;
  private int written;

  PythonNode(String name, String token) {
    this.name = name;
    this.token = token;
  }

  private record Row(ObjectNode json, long lamport, boolean sent) {}

  /** What may become of a request and its answer. */
  interface Link {
    Optional<SyncReply> ask(PythonSyncRequest request);

    static Link to(PythonSyncService service) {
      return request -> {
        try {
          return Optional.of(service.answer(request));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };
    }
  }

  /** Writes an entry; its id. */
  String append(String type, ObjectNode payload) {
    String id = new UUID(name.hashCode(), written++).toString();
    clock++;
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id).put("lamport_ts", clock).put("node_id", name).put("event_type", type);
    json.set("payload", payload);
    json.put("created_at", "2026-11-22T16:42:27.%06d".formatted(written)).putNull("synced_at");
    log.put(id, new Row(json, clock, false));
    return id;
  }

  String say(String type, String text) {
    return append(type, JSON.createObjectNode().put("text", text).put("confidence", 0.8));
  }

  String read(double value) {
    ObjectNode payload = JSON.createObjectNode().put("source_type", "system");
    payload.put("source_id", "cpu_temp").put("full_id", "system:cpu_temp");
    return append("reading", payload.put("value", value).put("unit", "celsius"));
  }

  /** As its clock starts anew from what its log holds. */
  void restart() {
    clock = since();
  }

  /** Lets it count as if it had written so many. */
  void wrote(long entries) {
    clock += entries;
  }

  /** What it holds now, to be put back later. */
  PythonNode backup() {
    PythonNode copy = new PythonNode(name, token);
    copy.log.putAll(log);
    copy.written = written + 1_000_000; // its later ids are other ones
    copy.restart();
    return copy;
  }

  /** The same node, with what it holds, known to the server by another token. */
  PythonNode under(String other) {
    PythonNode same = new PythonNode(name, other);
    same.log.putAll(log);
    same.restart();
    return same;
  }

  void meet(Link link) {
    push(link);
    pull(link);
  }

  /** The next entries that are not marked as sent, as they go over the wire. */
  byte[] unsent() {
    ObjectNode body = JSON.createObjectNode().put("node_id", name);
    ArrayNode entries = body.putArray("entries");
    log.values().stream()
        .filter(row -> !row.sent())
        .sorted(Comparator.comparingLong(Row::lamport))
        .limit(BATCH)
        .forEach(row -> entries.add(row.json()));
    return bytes(body);
  }

  /** How many were accepted; -1 if no answer came. */
  int push(Link link) {
    if (log.values().stream().allMatch(Row::sent)) {
      return 0;
    }
    Optional<JsonNode> answer = ask(link, request("POST", "push", Optional.empty(), unsent()));
    if (answer.isEmpty()) {
      return -1;
    }
    JsonNode accepted = answer.get().path("accepted_ids");
    accepted.forEach(
        id ->
            log.computeIfPresent(
                id.asText(), (key, row) -> new Row(row.json(), row.lamport(), true)));
    return accepted.size();
  }

  /** The ids that came; none if no answer came. */
  List<String> pull(Link link) {
    return pull(link, Integer.MAX_VALUE);
  }

  /** As when its disk is full after the first so many of a page. */
  List<String> pull(Link link, int most) {
    String query = "since=" + since() + "&limit=" + BATCH;
    List<JsonNode> entries = new ArrayList<>();
    ask(link, request("GET", "pull", Optional.of(query), new byte[0]))
        .ifPresent(answer -> answer.path("entries").forEach(entries::add));
    return entries.stream().limit(most).map(this::merge).toList();
  }

  private String merge(JsonNode entry) {
    if (PythonEntry.fault(entry).isPresent()) {
      throw new AssertionError("The node cannot read " + entry);
    }
    long lamport = entry.path("lamport_ts").longValue();
    clock = Math.max(clock, lamport) + 1;
    log.putIfAbsent(entry.path("id").asText(), new Row((ObjectNode) entry, lamport, true));
    return entry.path("id").asText();
  }

  long since() {
    return log.values().stream().mapToLong(Row::lamport).max().orElse(0);
  }

  PythonSyncRequest request(String method, String call, Optional<String> query, byte[] body) {
    InputStream stream = new ByteArrayInputStream(body);
    return new PythonSyncRequest(
        method, "/n/" + token + "/api/sync/" + call, query, Optional.empty(), stream);
  }

  private static Optional<JsonNode> ask(Link link, PythonSyncRequest request) {
    return link.ask(request)
        .filter(reply -> reply.status() == 200)
        .map(reply -> json(reply.body()));
  }

  static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it holds, without what a server made to end a page. */
  Set<String> ids() {
    Set<String> ids = new TreeSet<>();
    log.forEach(
        (id, row) -> {
          if (!isEnd(row.json())) {
            ids.add(id);
          }
        });
    return ids;
  }

  long ends() {
    return log.values().stream().filter(row -> isEnd(row.json())).count();
  }

  private static boolean isEnd(JsonNode entry) {
    return entry.path("payload").path("full_id").asText().equals("smollama:end-of-page");
  }

  /** What it holds under an id, without what each node has of its own. */
  ObjectNode entry(String id) {
    ObjectNode json = log.get(id).json().deepCopy();
    json.remove("lamport_ts");
    return json;
  }

  boolean isAllSent() {
    return log.values().stream().allMatch(Row::sent);
  }

  static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }
}
