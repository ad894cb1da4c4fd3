package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the server gives out to nodes with Smollama for Python. */
class PythonPullTest extends PythonSyncFixture {
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
    Entry fact = server.know("mem.add", "{\"text\":\"bins\",\"confidence\":-100,\"confirmed\":9}");
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
    assertThat(ids.get(0)).matches("[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-.{12}");
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
