package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.ReplicaId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonSyncServiceTest {
  /** As the client of Smollama for Python writes it. */
  private static final String PUSH =
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
  private PythonServer server;

  @BeforeEach
  void open() {
    server = new PythonServer(folder);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private SyncReply push(String token, byte[] body) throws IOException {
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

  private List<String> push(String body) throws IOException {
    SyncReply reply = push("kitchen", body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(text(reply)).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    PythonNode.json(reply.body()).path("accepted_ids").forEach(id -> ids.add(id.asText()));
    return ids;
  }

  private static String text(SyncReply reply) {
    return PythonNode.text(reply.body());
  }

  private static SyncReply get(PythonServer server, String path, Optional<String> query)
      throws IOException {
    return server
        .service()
        .answer(
            new PythonSyncRequest(
                "GET", path, query, Optional.empty(), InputStream.nullInputStream()));
  }

  /** Entries of nodes, without the first of each origin. */
  private List<Entry> entries(int stream) {
    return server.log.all().stream()
        .filter(entry -> entry.header().chain().stream() == stream)
        .toList();
  }

  private static JsonNode payload(Entry entry) {
    return PythonForm.payload(entry).orElseThrow();
  }

  private static String one(String id, String type, String payload) {
    return entry("\"" + id + "\"", "5", "\"" + type + "\"", payload, "\"2026-11-22T16:42:27\"");
  }

  private static String entry(String id, String lamport, String type, String payload, String at) {
    return """
        {"id": %s, "lamport_ts": %s, "node_id": "pi", "event_type": %s, "payload": %s,
         "created_at": %s, "synced_at": null}"""
        .formatted(id, lamport, type, payload, at);
  }

  private static String body(String... entries) {
    return "{\"node_id\": \"pi\", \"entries\": [" + String.join(",", entries) + "]}";
  }

  @Nested
  class TakesIn {
    @Test
    void whatTheClientPushes() throws IOException {
      assertThat(push(PUSH)).hasSize(3);
      assertThat(entries(ChainId.KNOWLEDGE))
          .extracting(entry -> entry.header().type())
          .containsExactly("obs.add", "mem.add");
      JsonNode observation = payload(entries(ChainId.KNOWLEDGE).get(0));
      assertThat(observation.path("text").asText()).isEqualTo("It is warm é");
      assertThat(observation.path("type").asText()).isEqualTo("pattern");
      assertThat(observation.path("confidence").intValue()).isEqualTo(700);
      assertThat(observation.path("sources").toString()).isEqualTo("[\"system:cpu_temp\"]");
      assertThat(observation.path("node").asText()).isEqualTo("pi-living-room");
      assertThat(observation.path("provenance").asText()).isEqualTo("model");
      assertThat(observation.path("time").longValue())
          .as("16:42 where the server stands")
          .isEqualTo(1795362147946L);
      JsonNode fact = payload(entries(ChainId.KNOWLEDGE).get(1));
      assertThat(fact.path("text").asText()).isEqualTo("The bins go out on Monday");
      assertThat(fact.path("confirmed").intValue()).isEqualTo(3);
      assertThat(fact.path("confidence").intValue()).as("without them").isEqualTo(800);
      Entry reading = entries(ChainId.READINGS).get(0);
      assertThat(reading.header().type()).isEqualTo("reading.add");
      assertThat(payload(reading).path("source").asText()).isEqualTo("system:cpu_temp");
      assertThat(payload(reading).path("value").doubleValue()).isEqualTo(45.5);
    }

    @Test
    void underAnOriginOfItsOwnThatSaysWhoseItIs() throws IOException {
      server.observe("from the server");
      push(PUSH);
      push(
          "garden",
          body(one("g1", "observation", "{\"text\":\"dry\"}")).getBytes(StandardCharsets.UTF_8));
      Set<ReplicaId> origins =
          entries(ChainId.KNOWLEDGE).stream()
              .map(entry -> entry.header().chain().origin())
              .collect(Collectors.toSet());
      assertThat(origins).hasSize(3);
      assertThat(entries(ChainId.CONTROL))
          .extracting(entry -> payload(entry).path("device").asText())
          .containsExactlyInAnyOrder("kitchen", "garden");
      assertThat(payload(entries(ChainId.CONTROL).get(0)).path("server").asText())
          .isEqualTo(server.replica().self().origin().hex());
    }

    @Test
    void theSameOnceHoweverOftenItComes() throws IOException {
      push(PUSH);
      int held = server.log.all().size();
      assertThat(push(PUSH)).hasSize(3);
      server.reopen();
      assertThat(push(PUSH)).hasSize(3);
      server.loseFile();
      assertThat(push(PUSH)).hasSize(3);
      assertThat(push("again", PUSH.getBytes(StandardCharsets.UTF_8)).status()).isEqualTo(200);
      String twice = one("t", "memory", "{\"text\":\"twice\"}");
      assertThat(push(body(twice, twice))).containsExactly("t");
      assertThat(server.log.all()).hasSize(held + 1);
    }

    @Test
    void whatHoldsMoreThanThisProgramKnows() throws IOException {
      push(body(one("f", "frame", "{\"text\":\"a door\"}"), one("e", "memory", "{\"said\":1}")));
      assertThat(entries(ChainId.KNOWLEDGE))
          .extracting(entry -> entry.header().type())
          .containsExactly("python.entry", "python.entry");
    }

    @Test
    void aFactThatIsKnownAsItsConfirmation() throws IOException {
      Entry known = server.know("mem.add", "{\"text\":\"The bins go out on Monday\"}");
      server.facts.put("The bins go out on Monday", known.id());
      push(PUSH);
      List<Entry> confirming =
          entries(ChainId.KNOWLEDGE).stream()
              .filter(entry -> entry.header().type().equals("mem.confirm"))
              .toList();
      assertThat(confirming).hasSize(1);
      assertThat(payload(confirming.get(0)).path("memory").asText()).isEqualTo(known.id().hex());
      PythonNode other = new PythonNode("other", "garden");
      other.pull(server.link());
      assertThat(other.entry("e479e31d-371e-410b-853d-cdceabe1dc86").path("payload").toString())
          .isEqualTo(
              "{\"fact\":\"The bins go out on Monday\",\"confidence\":0.9,\"times_confirmed\":3}");
    }

    @Test
    void nothingThatWasImportedFromTheNodesFile() throws IOException {
      String id = "cb0db491-c64e-4729-9368-adbdac9bc6fc";
      server.know(
          "obs.add",
          "{\"text\":\"It is warm é\",\"confidence\":700,\"key\":\"%s\"}"
              .formatted(PythonTranslation.key(id)));
      assertThat(push(PUSH)).contains(id);
      assertThat(entries(ChainId.KNOWLEDGE)).hasSize(2);
      PythonNode itself = new PythonNode("pi-living-room", "kitchen");
      assertThat(itself.pull(server.link())).as("the node holds it").isEmpty();
    }

    @Test
    void theRestWhereSomeIsUnfitAndSaysSoInItsFile() throws Exception {
      String deep = "[".repeat(300) + "]".repeat(300);
      String large = "\"" + "x".repeat(70_000) + "\"";
      List<String> accepted =
          push(
              body(
                  one("good1", "observation", "{\"text\":\"one\"}"),
                  one("deep", "memory", "{\"text\":" + deep + "}"),
                  one(
                      "deeper",
                      "memory",
                      "{\"text\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}"),
                  one("large", "observation", "{\"text\":" + large + "}"),
                  one("huge", "observation", "{\"text\":" + large.replace("x", "xxxxxxx") + "}"),
                  one("list", "memory", "[]"),
                  entry("\"time\"", "5", "\"memory\"", "{}", "\"yesterday\""),
                  entry("\"year0\"", "5", "\"memory\"", "{}", "\"0000-01-01T00:00:00\""),
                  entry("\"lamport\"", "1.5", "\"memory\"", "{}", "\"2026-11-22T16:42:27\""),
                  entry(
                      "\"big\"", "9".repeat(2_000), "\"memory\"", "{}", "\"2026-11-22T16:42:27\""),
                  entry("7", "5", "\"memory\"", "{}", "\"2026-11-22T16:42:27\""),
                  "null",
                  "12",
                  "{}",
                  "[1, {}]",
                  one("nan", "reading", "{\"full_id\":\"a:b\",\"value\":NaN}"),
                  one("good2", "observation", "{\"text\":\"two\"}")));
      assertThat(accepted)
          .containsExactlyInAnyOrder(
              "good1", "deep", "deeper", "large", "huge", "list", "time", "year0", "lamport", "big",
              "nan", "good2");
      assertThat(entries(ChainId.KNOWLEDGE))
          .extracting(entry -> payload(entry).path("text").asText())
          .containsExactly("one", "two");
      assertThat(quarantined())
          .contains("deep TOO_DEEP", "large TOO_LARGE", "huge TOO_LARGE", "time TIME", "list FORM")
          .contains("year0 TIME", "lamport FORM", "null FORM")
          .hasSize(14);
    }

    private List<String> quarantined() throws SQLException {
      List<String> found = new ArrayList<>();
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + server.file());
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT uuid, code FROM quarantine")) {
        while (row.next()) {
          found.add(row.getString(1) + " " + row.getString(2));
        }
      }
      return found;
    }

    @Test
    void asMuchAsADeviceMayBringAndTheRestLater() throws IOException {
      server.credits.reserve("kitchen", (1L << 40) - 1_000);
      String entry = "{\"text\":\"" + "x".repeat(300) + "\"}";
      assertThat(push(body(one("a", "memory", entry), one("b", "memory", entry))))
          .containsExactly("a");
      SyncReply reply =
          push("kitchen", body(one("b", "memory", entry)).getBytes(StandardCharsets.UTF_8));
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.headers()).containsKey("Retry-After");
      assertThat(
              push("garden", body(one("b", "memory", entry)).getBytes(StandardCharsets.UTF_8))
                  .status())
          .isEqualTo(200);
    }

    @Test
    void onUnderAnotherOriginWhereOneWasForked() throws IOException {
      push(body(one("a", "memory", "{\"text\":\"a\"}")));
      Entry first = entries(ChainId.KNOWLEDGE).get(0);
      Entry forged =
          Lines.entry(first.header().chain(), 1, EntryHeader.GENESIS, 9, "mem.add", "{}");
      server.replica().takeIn(List.of(Run.of(List.of(forged))), 10_000);
      push(body(one("b", "memory", "{\"text\":\"b\"}")));
      assertThat(server.replica().store().chain(first.header().chain()).isForked()).isTrue();
      assertThat(entries(ChainId.CONTROL)).hasSize(2);
      assertThat(new PythonNode("pi", "kitchen").pull(server.link())).as("its own").isEmpty();
      assertThat(new PythonNode("other", "garden").pull(server.link())).containsExactly("a", "b");
    }
  }

  @Nested
  class GivesOut {
    @Test
    void whatOtherSuchNodesSaidExactlyAsTheySaidIt() throws IOException {
      push(PUSH);
      PythonNode other = new PythonNode("other", "garden");
      assertThat(other.pull(server.link())).hasSize(3);
      for (JsonNode sent : PythonNode.json(PUSH.getBytes(StandardCharsets.UTF_8)).path("entries")) {
        ObjectNode entry = ((ObjectNode) sent).deepCopy();
        entry.remove("lamport_ts");
        assertThat(other.entry(sent.path("id").asText())).isEqualTo(entry);
      }
      assertThat(other.isAllSent()).isTrue();
    }

    @Test
    void whatNodesLikeThisOneKnowInItsForm() throws IOException {
      Entry observation =
          server.know(
              "obs.add",
              """
              {"text":"warm","type":"status","confidence":650,"sources":["system:cpu_temp"],
               "node":"shed","time":1795362147946}""");
      Entry fact =
          server.know("mem.add", "{\"text\":\"bins\",\"confidence\":-100,\"confirmed\":9}");
      server.know("mem.confirm", "{\"memory\":\"" + fact.id().hex() + "\"}");
      server.know("mem.retract", "{\"memory\":\"" + fact.id().hex() + "\"}");
      server.know("obs.retract", "{\"observation\":\"" + observation.id().hex() + "\"}");
      server.know("odd.type", "{}");
      server.know("mem.add", "[]");
      PythonNode node = new PythonNode("pi", "kitchen");
      List<String> ids = node.pull(server.link());
      assertThat(ids).hasSize(4);
      assertThat(node.entry(ids.get(0)).toString())
          .isEqualTo(
              """
              {"id":"%s","node_id":"shed","event_type":"observation","payload":{"text":"warm",\
              "confidence":0.65,"type":"status","related_sources":["system:cpu_temp"],"entry":"%s"},\
              "created_at":"2026-11-22T16:42:27.946000","synced_at":null}"""
                  .formatted(ids.get(0), observation.id().hex()));
      assertThat(ids.get(0))
          .matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-.{12}");
      JsonNode said = node.entry(ids.get(1)).path("payload");
      assertThat(said.path("confidence").doubleValue()).isEqualTo(0.3);
      assertThat(said.path("times_confirmed").intValue()).isEqualTo(9);
      assertThat(node.entry(ids.get(1)).path("created_at").asText()).startsWith("1970-01-01T");
      JsonNode retracted = node.entry(ids.get(2)).path("payload");
      assertThat(retracted.path("text").asText()).isEqualTo("bins");
      assertThat(retracted.path("active").booleanValue()).isFalse();
      assertThat(retracted.path("about").asText()).isEqualTo(fact.id().hex());
      assertThat(node.entry(ids.get(3)).path("payload").path("active").booleanValue()).isFalse();
      assertThat(node.entry(ids.get(3)).path("event_type").asText()).isEqualTo("observation");
    }

    @Test
    void nothingThatTheNodePushedItself() throws IOException {
      push(PUSH);
      Entry theirs = server.observe("theirs");
      PythonNode node = new PythonNode("pi-living-room", "kitchen");
      assertThat(node.pull(server.link())).containsExactly(PythonForm.uuid(theirs.id().hex()));
      assertThat(node.pull(server.link())).isEmpty();
    }

    @Test
    void pagesFarAboveWhatTheNodeHasAndAgainUntilItNamesTheirEnd() throws IOException {
      server.observe("one");
      server.observe("two");
      JsonNode first = entries(41, 100);
      assertThat(first.get(0).path("lamport_ts").longValue()).isEqualTo(41 + PythonPages.GAP);
      assertThat(first.get(1).path("lamport_ts").longValue()).isEqualTo(42 + PythonPages.GAP);
      JsonNode again = entries(50_000_000, 1);
      assertThat(again).as("lost, though the node wrote much since").hasSize(1);
      assertThat(again.get(0).path("id")).isEqualTo(first.get(0).path("id"));
      assertThat(again.get(0).path("lamport_ts").longValue())
          .as("a stamp is given once")
          .isEqualTo(42 + 2 * PythonPages.GAP);
      long end = again.get(0).path("lamport_ts").longValue();
      assertThat(entries(end, 100).get(0).path("id")).isEqualTo(first.get(1).path("id"));
      server.reopen();
      assertThat(entries(end, 100).get(0).path("id")).isEqualTo(first.get(1).path("id"));
      assertThat(entries(end - 1, 100)).as("a backup was put back").hasSize(2);
    }

    @Test
    void theRestOfAPageThatWasTakenInPart() {
      for (int i = 0; i < 150; i++) {
        server.observe("word " + i);
      }
      PythonNode node = new PythonNode("pi", "kitchen");
      node.pull(request -> server.link().ask(request).filter(lost -> false));
      assertThat(node.pull(server.link(), 30)).hasSize(30);
      node.say("memory", "meanwhile");
      assertThat(node.pull(server.link())).hasSize(100);
      assertThat(node.pull(server.link())).hasSize(50);
      assertThat(node.ids()).hasSize(151);
      assertThat(node.pull(server.link())).isEmpty();
    }

    private JsonNode entries(long since, int limit) throws IOException {
      String query = "since=" + since + "&limit=" + limit;
      SyncReply reply = get(server, "/n/kitchen/api/sync/pull", Optional.of(query));
      assertThat(reply.status()).as(text(reply)).isEqualTo(200);
      return PythonNode.json(reply.body()).path("entries");
    }

    @Test
    void noMoreThanIsWantedOrFitsAndNeverNothingOfWhatThereIs() throws IOException {
      for (int i = 0; i < 30; i++) {
        server.observe(i + "x".repeat(60_000));
      }
      assertThat(entries(0, 0)).hasSize(1);
      JsonNode page = entries(0, 100);
      assertThat(page.size()).isBetween(10, 20);
      assertThat(page.toString().length()).isLessThan(Limits.MESSAGE_BYTES);
    }

    @Test
    void knowledgeBeforeReadingsAndStillSomeOfThese() {
      PythonNode other = new PythonNode("other", "garden");
      for (int i = 0; i < 300; i++) {
        other.read(i);
      }
      for (int i = 0; i < 3; i++) {
        other.push(server.link());
      }
      for (int i = 0; i < 200; i++) {
        server.observe("knowledge " + i);
      }
      PythonNode node = new PythonNode("pi", "kitchen");
      List<Integer> readings = new ArrayList<>();
      for (List<String> page = node.pull(server.link());
          !page.isEmpty();
          page = node.pull(server.link())) {
        readings.add(
            (int)
                page.stream()
                    .filter(id -> node.entry(id).path("event_type").asText().equals("reading"))
                    .count());
      }
      assertThat(readings).containsExactly(13, 13, 74, 100, 100);
      assertThat(node.ids()).hasSize(500);
    }

    @Test
    void nothingOfWhatCannotBeReadByTheNode() throws IOException {
      server.know(
          "obs.add", "{\"text\":\"forged\",\"node\":\"x\",\"python\":{\"id\":1,\"payload\":{}}}");
      server.know(
          "python.entry",
          """
          {"node":"x","python":{"id":"a","lamport_ts":1,"event_type":"memory","payload":{},
           "created_at":"now"}}""");
      server.know(
          "obs.add", "{\"text\":\"far\",\"confidence\":1,\"time\":9007199254740990,\"node\":7}");
      PythonNode node = new PythonNode("pi", "kitchen");
      assertThat(node.pull(server.link())).as("the node reads what it gets").hasSize(2);
    }

    @Test
    void aPageWithAnEndMadeForItWhereTheNodeSeemsToHoldAllOfIt() {
      PythonNode node = new PythonNode("pi", "kitchen");
      for (int i = 0; i < 100; i++) {
        node.say("observation", "from before " + i);
      }
      node.push(server.link());
      new PythonNode("other", "garden").pull(server.link());
      PythonNode renamed = node.under("pantry");
      Entry news = server.observe("news");
      String id = PythonForm.uuid(news.id().hex());
      int pulls = 0;
      while (!renamed.ids().contains(id) && pulls < 20) {
        renamed.pull(server.link());
        renamed.restart();
        pulls++;
      }
      assertThat(renamed.ids()).contains(id);
      assertThat(renamed.ends()).isEqualTo(1);
    }
  }

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
