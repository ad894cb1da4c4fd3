package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.dashboard.SyncDesk;
import io.smollama.memory.NewMemory;
import io.smollama.sync.TokenStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A whole node in this process, on real files and real HTTP, that a test talks to. */
final class SharingNode implements AutoCloseable {
  private final Parts parts;
  private final Node node;

  private SharingNode(Parts parts, Node node) {
    this.parts = parts;
    this.node = node;
  }

  static SharingNode start(Path home, String name, String... settings) {
    Parts parts = parts(home, name, settings);
    return new SharingNode(parts, Node.start(parts, "test", () -> {}));
  }

  /** A Llama server on a free port, or on the one that it had before. */
  static SharingNode llama(Path home, int port, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("node.role=llama");
    all.add("sync.server.host=127.0.0.1");
    all.add("sync.server.port=" + port);
    return start(home, "llama", all.toArray(String[]::new));
  }

  static Parts parts(Path home, String name, String... settings) {
    List<String> flags =
        new ArrayList<>(
            List.of(
                "node.name=" + name,
                "dashboard.port=0",
                "memory.embedding_provider=none",
                "memory.observation_enabled=false",
                "ollama.base_url=http://127.0.0.1:1"));
    flags.addAll(List.of(settings));
    NodeConfig config =
        new ConfigLoader(home, home, Map.of()).load(Optional.empty(), flags).config();
    StateFolder state = new StateFolder(home);
    state.prepare();
    return Parts.open(state, config, InstantSource.system());
  }

  /** The tokens of the server of this home. */
  static TokenStore tokens(Path home) {
    return GivenTokens.open(new StateFolder(home), Optional.empty(), InstantSource.system());
  }

  Parts parts() {
    return parts;
  }

  URI page() {
    return node.address().orElseThrow();
  }

  URI forNodes() {
    return node.addressForNodes().orElseThrow();
  }

  void remember(String fact) {
    parts.memory().remember(NewMemory.of(fact));
  }

  List<String> facts() {
    parts.memory().catchUp();
    return parts.memory().memories(10_000).stream()
        .map(memory -> memory.node() + ": " + memory.fact())
        .sorted()
        .toList();
  }

  /** Meets the server to the end of all that is to be said. */
  JsonNode meet() {
    SyncDesk desk = parts.syncDesk();
    return SyncMeeting.ended(desk.now(), desk::status, now -> {});
  }

  JsonNode status() {
    return parts.syncDesk().statusAndView();
  }

  @Override
  public void close() {
    node.close();
  }
}
