package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.dashboard.PartHealth;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import io.smollama.sync.TokenStore;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes and a server, whole, in one process: real files, real HTTP on the loopback. */
class FleetTest {
  @TempDir Path folder;
  private final Deque<SharingNode> open = new ArrayDeque<>();

  @AfterEach
  void closeAll() {
    open.forEach(SharingNode::close);
  }

  private SharingNode opened(SharingNode node) {
    open.push(node);
    return node;
  }

  private SharingNode llama(int port) {
    return opened(SharingNode.llama(folder.resolve("llama"), port));
  }

  private SharingNode node(String name, String server, String... more) {
    String[] settings = new String[more.length + 1];
    settings[0] = "sync.llama_url=" + server;
    System.arraycopy(more, 0, settings, 1, more.length);
    return opened(SharingNode.start(folder.resolve(name), name, settings));
  }

  private void close(SharingNode node) {
    open.remove(node);
    node.close();
  }

  private static String numbers(SharingNode node) {
    JsonNode status = node.status();
    return status.path("frontier").asText() + " " + status.path("view").asText();
  }

  private static PartHealth health(SharingNode node, String part) {
    return node.parts().health().now(new PartHealth("ollama", PartHealth.State.ABSENT, "")).stream()
        .filter(one -> one.part().equals(part))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatWasWrittenApartIsTheSameEverywhereOnceTheyMeet() {
    SharingNode llama = llama(0);
    String address = llama.forNodes().toString();
    SharingNode kitchen = node("kitchen", address);
    SharingNode cellar = node("cellar", address);
    kitchen.remember("The key hangs behind the kitchen door");
    kitchen.meet();
    cellar.meet();
    assertThat(cellar.facts()).containsExactly("kitchen: The key hangs behind the kitchen door");

    close(llama);
    kitchen.remember("The kettle leaks");
    cellar.remember("The pump was serviced in May");
    var shared =
        cellar.parts().memory().memories(9).stream().filter(m -> m.fact().startsWith("The key"));
    cellar
        .parts()
        .memory()
        .corrections()
        .dispute(shared.findFirst().orElseThrow().id(), io.smollama.memory.Corrections.By.OPERATOR);
    assertThatThrownBy(kitchen::meet).hasMessage(address + ": not reachable");
    assertThat(health(kitchen, "sync"))
        .matches(part -> part.state() == PartHealth.State.ABSENT)
        .matches(part -> part.says().contains("not reachable (tried"))
        .matches(part -> part.says().contains("what is new here waits"));

    llama = llama(java.net.URI.create(address).getPort());
    kitchen.meet();
    cellar.meet();
    kitchen.meet();
    assertThat(numbers(kitchen)).isEqualTo(numbers(llama)).isEqualTo(numbers(cellar));
    assertThat(llama.facts())
        .isEqualTo(kitchen.facts())
        .containsExactly(
            "cellar: The pump was serviced in May",
            "kitchen: The kettle leaks",
            "kitchen: The key hangs behind the kitchen door");
    assertThat(health(kitchen, "sync").says()).startsWith("in step with " + address);
    assertThat(llama.parts().memory().recall(RecallQuery.of("pump", 1)).hits())
        .extracting(RecallHit::node)
        .containsExactly("cellar");
  }

  @Test
  void newKnowledgeGoesOutAndArrivesByItself() throws Exception {
    SharingNode llama = llama(0);
    CountDownLatch arrived = new CountDownLatch(1);
    llama
        .parts()
        .journal()
        .replica()
        .onGrowth(
            chains -> {
              if (chains.stream().anyMatch(chain -> chain.stream() == 1)) {
                arrived.countDown();
              }
            });
    SharingNode kitchen = node("kitchen", llama.forNodes().toString());
    kitchen.meet();
    kitchen.remember("The kettle leaks");
    assertThat(arrived.await(1, TimeUnit.MINUTES)).isTrue();
  }

  @Test
  void aNodeStartsAndWorksWithoutItsServerAndUsesItOnceItIsThere() {
    SharingNode early = llama(0);
    String address = early.forNodes().toString();
    close(early);
    SharingNode kitchen = node("kitchen", address);
    kitchen.remember("The kettle leaks");
    assertThat(kitchen.facts()).hasSize(1);
    SharingNode llama = llama(java.net.URI.create(address).getPort());
    kitchen.meet();
    assertThat(llama.facts()).containsExactly("kitchen: The kettle leaks");
  }

  @Test
  void aNodeWithoutAServerSaysSo() {
    SharingNode alone = opened(SharingNode.start(folder.resolve("alone"), "alone"));
    assertThat(health(alone, "sync").says()).contains("no server is named (sync.llama_url)");
    assertThatThrownBy(alone::meet).hasMessageContaining("No server is configured");
    SharingNode off = node("off", "http://127.0.0.1:1", "sync.enabled=false");
    assertThat(health(off, "sync").says()).contains("switched off (sync.enabled: false)");
  }

  @Test
  void aServerOfThisMachineAsksForNoTokenUntilOneIsGivenOut() {
    SharingNode llama = llama(0);
    String address = llama.forNodes().toString();
    assertThat(health(llama, "llama").says())
        .contains("listens on this machine only", "no token until");
    SharingNode kitchen = node("kitchen", address);
    kitchen.meet();
    String token;
    try (TokenStore tokens = SharingNode.tokens(folder.resolve("llama"))) {
      token = tokens.create("cellar");
      assertThatThrownBy(kitchen::meet).hasMessageContaining("401");
      assertThat(health(kitchen, "sync").state()).isEqualTo(PartHealth.State.FAILING);
      SharingNode cellar = node("cellar", address, "sync.token=" + token);
      cellar.meet();
      tokens.revoke("cellar");
      assertThatThrownBy(cellar::meet).hasMessageContaining("revoked");
    }
  }

  @Test
  void aCopiedNodeIsNoticedAndSaysSoInPlainWords() throws Exception {
    SharingNode llama = llama(0);
    String address = llama.forNodes().toString();
    SharingNode kitchen = node("kitchen", address);
    kitchen.remember("The kettle leaks");
    kitchen.meet();
    close(kitchen);
    Path copy = folder.resolve("copy");
    Files.createDirectory(copy);
    for (String file : List.of("journal.sqlite", "replica.json", "memory.sqlite")) {
      Files.copy(folder.resolve("kitchen").resolve(file), copy.resolve(file));
    }
    SharingNode original = node("kitchen", address);
    original.remember("The kettle is mended");
    original.meet();
    SharingNode clone = node("copy", address, "node.name=kitchen");
    clone.remember("The kettle is new");
    clone.meet();
    clone.meet();
    original.meet();
    original.meet();
    clone.meet(); // to hear under which identity the original goes on
    assertThat(health(clone, "journal").says())
        .contains("2nd identity", "Another node holds entries of this one", "Nothing is lost");
    assertThat(numbers(clone)).isEqualTo(numbers(llama)).isEqualTo(numbers(original));
    assertThat(llama.facts()).anyMatch(fact -> fact.endsWith("mended"));
    assertThat(llama.facts()).anyMatch(fact -> fact.endsWith("is new"));
  }

  @Test
  void theOwnerSeesAndSteersItOverHttp() throws Exception {
    SharingNode llama = llama(0);
    SharingNode kitchen = node("kitchen", llama.forNodes().toString());
    kitchen.meet();
    JsonNode status = json(kitchen, "GET", "/api/sync/status?view=yes", "");
    assertThat(status.path("view").asText()).hasSize(64);
    assertThat(status.path("server").path("says").asText()).startsWith("in step with");
    assertThat(status.path("identity").path("incarnation").asInt()).isEqualTo(1);
    JsonNode whole = json(kitchen, "GET", "/api/status", "");
    assertThat(whole.path("components").path("sync").path("says").asText()).startsWith("in step");
    assertThat(whole.path("sync").path("server").path("left").asInt()).isZero();
    assertThat(whole.path("sync").path("server").path("last_success").asText()).startsWith("20");
    JsonNode anew = json(kitchen, "POST", "/api/sync/reset-identity", "{}");
    assertThat(anew.path("incarnation").asInt()).isEqualTo(2);
    assertThat(anew.path("reason").asText()).isEqualTo("Somebody asked for a new identity");
    Path file = folder.resolve("stick");
    json(kitchen, "POST", "/api/sync/export", "{\"file\": \"" + file + "\"}");
    assertThat(file).exists();
    JsonNode taken = json(llama, "POST", "/api/sync/import", "{\"file\": \"" + file + "\"}");
    assertThat(taken.path("complete").asBoolean()).isTrue();
    Files.writeString(folder.resolve("diary"), "Dear diary");
    JsonNode refused =
        json(llama, "POST", "/api/sync/import", "{\"file\": \"" + folder.resolve("diary") + "\"}");
    assertThat(refused.path("status").asInt()).isEqualTo(400);
    assertThat(refused.path("detail").asText()).contains("diary", "is no backlog");
    assertThat(json(llama, "POST", "/api/sync/export", "{\"file\": \"x\"}").path("detail").asText())
        .contains("whole path");
    assertThat(json(llama, "POST", "/api/sync/now", "{}").path("detail").asText())
        .contains("sync.llama_url");
  }

  private static JsonNode json(SharingNode node, String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.page().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return new ObjectMapper()
        .readTree(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
  }
}
