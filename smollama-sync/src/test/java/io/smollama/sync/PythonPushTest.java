package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChainId;
import io.smollama.core.ReplicaId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the server takes in from nodes with Smollama for Python. */
class PythonPushTest extends PythonSyncFixture {
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
                one("deeper", "memory", "{\"text\":" + "[".repeat(4_000) + "]".repeat(4_000) + "}"),
                one("large", "observation", "{\"text\":" + large + "}"),
                one("huge", "observation", "{\"text\":" + large.replace("x", "xxxxxxx") + "}"),
                one("list", "memory", "[]"),
                entry("\"time\"", "5", "\"memory\"", "{}", "\"yesterday\""),
                entry("\"year0\"", "5", "\"memory\"", "{}", "\"0000-01-01T00:00:00\""),
                entry("\"lamport\"", "1.5", "\"memory\"", "{}", "\"2026-11-22T16:42:27\""),
                entry("\"big\"", "9".repeat(2_000), "\"memory\"", "{}", "\"2026-11-22T16:42:27\""),
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
    Entry forged = Lines.entry(first.header().chain(), 1, EntryHeader.GENESIS, 9, "mem.add", "{}");
    server.replica().takeIn(List.of(Run.of(List.of(forged))), 10_000);
    push(body(one("b", "memory", "{\"text\":\"b\"}")));
    assertThat(server.replica().store().chain(first.header().chain()).isForked()).isTrue();
    assertThat(entries(ChainId.CONTROL)).hasSize(2);
    assertThat(new PythonNode("pi", "kitchen").pull(server.link())).as("its own").isEmpty();
    assertThat(new PythonNode("other", "garden").pull(server.link())).containsExactly("a", "b");
  }
}
