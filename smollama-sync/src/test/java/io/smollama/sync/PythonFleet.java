package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.NewEntry;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.Push;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** A server, two nodes with Smollama for Python and one of this program, and what befalls them. */
final class PythonFleet implements AutoCloseable {
  private static final int LOST_PERCENT = 40;

  /** What happens beside lost requests and answers. */
  enum Trouble {
    NOTHING_MORE,
    THE_SERVER_IS_KILLED,
    ITS_FILE_IS_LOST_OR_PUT_BACK,
    ITS_LOG_IS_PUT_BACK
  }

  private final SplittableRandom random;
  private final Trouble trouble;
  private final String name;
  final PythonServer server;
  final List<PythonNode> nodes = new ArrayList<>();
  private final InMemoryLogStore javaLog = Lines.store(200);
  private final SharedReplica java =
      new SharedReplica(javaLog, "java", () -> Lines.replicaId(0x2000), () -> Lines.NOW);
  final Set<String> written = new TreeSet<>();
  private Map<String, byte[]> backup = Map.of();
  private InMemoryLogStore logBackup;
  private int kills;

  PythonFleet(long seed, Trouble trouble, Path folder) {
    assertThat(folder.toFile().mkdirs()).isTrue();
    this.random = new SplittableRandom(seed);
    this.trouble = trouble;
    this.name = trouble + " of seed " + seed;
    this.server = new PythonServer(folder);
    this.logBackup = server.log.copy();
    nodes.add(new PythonNode("attic", "attic-token"));
    nodes.add(new PythonNode("cellar", "cellar-token"));
  }

  void run() {
    for (int step = 0; step < 60; step++) {
      int who = random.nextInt(nodes.size() + 1);
      if (who == nodes.size()) {
        java("word " + step);
      } else if (step > 40 || who != 0 || random.nextInt(10) == 0) { // one is away for long
        write(nodes.get(who), random.nextInt(40));
        meet(nodes.get(who));
      }
      happen();
    }
    settle();
    check();
  }

  void write(PythonNode node, int count) {
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(4);
      String id =
          kind == 0
              ? node.read(random.nextInt(100) / 2.0)
              : node.say(List.of("observation", "memory", "frame").get(kind - 1), "text " + i);
      written.add(id);
    }
  }

  /** A node of this program writes and meets the server. */
  void java(String text) {
    String payload = "{\"text\":\"" + text + "\",\"confidence\":500}";
    java.append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", payload)))
        .forEach(entry -> written.add(PythonForm.uuid(entry.id().hex())));
    server.reopen();
    exchange(java, server.replica());
  }

  static void exchange(SharedReplica asking, SharedReplica answering) {
    Exchange exchange = asking.exchange(Long.MAX_VALUE);
    for (Optional<SyncMessage> next = exchange.next(Lines.NOW);
        next.isPresent();
        next = exchange.next(Lines.NOW)) {
      exchange.accept(answer(answering, next.get()), Lines.NOW);
    }
  }

  private static SyncMessage answer(SharedReplica replica, SyncMessage message) {
    if (message instanceof Hello hello) {
      return replica.answer(hello, Long.MAX_VALUE);
    }
    return message instanceof Push push
        ? replica.answer(push, Long.MAX_VALUE)
        : replica.answer((Pull) message);
  }

  private void meet(PythonNode node) {
    if (trouble == Trouble.THE_SERVER_IS_KILLED && random.nextInt(2) == 0) {
      shorten();
    }
    node.push(this::lossy);
    Set<String> before = node.ids();
    List<String> pulled = node.pull(this::lossy);
    if (trouble == Trouble.NOTHING_MORE || trouble == Trouble.THE_SERVER_IS_KILLED) {
      pulled.forEach(id -> assertThat(before).as(name).doesNotContain(id));
    }
    if (random.nextInt(4) == 0) {
      node.restart();
    }
  }

  /** The server has not long to live. */
  private void shorten() {
    try {
      server.open(new MortalLogStore(server.log, 1 + random.nextInt(1 + random.nextInt(60))));
    } catch (MortalLogStore.Killed e) {
      kills++;
      server.reopen();
    }
  }

  private Optional<SyncReply> lossy(PythonSyncRequest request) {
    if (random.nextInt(100) < LOST_PERCENT) {
      return Optional.empty();
    }
    try {
      Optional<SyncReply> reply = server.link().ask(request);
      return random.nextInt(100) < LOST_PERCENT ? Optional.empty() : reply;
    } catch (MortalLogStore.Killed e) {
      kills++;
      server.reopen();
      return Optional.empty();
    }
  }

  private void happen() {
    if (random.nextInt(6) > 0) {
      return;
    }
    if (trouble == Trouble.THE_SERVER_IS_KILLED) {
      server.reopen();
    } else if (trouble == Trouble.ITS_FILE_IS_LOST_OR_PUT_BACK) {
      switch (random.nextInt(3)) {
        case 0 -> server.loseFile();
        case 1 -> server.putBack(backup);
        default -> backup = server.fileBackup();
      }
    } else if (trouble == Trouble.ITS_LOG_IS_PUT_BACK) {
      exchange(java, server.replica()); // what only the disk had is lost with it
      if (random.nextBoolean()) {
        logBackup = server.log.copy();
      } else {
        server.log = logBackup.copy();
        server.reopen();
      }
    }
  }

  /** Nothing is lost any more, and nobody writes. */
  void settle() {
    server.reopen();
    for (int round = 0; round < 400 && !isSettled(); round++) {
      exchange(java, server.replica());
      nodes.forEach(node -> node.meet(server.link()));
    }
  }

  private boolean isSettled() {
    return nodes.stream().allMatch(node -> node.isAllSent() && node.ids().containsAll(written));
  }

  void check() {
    exchange(java, server.replica());
    for (PythonNode node : nodes) {
      assertThat(node.ids()).as(name).isEqualTo(written);
      assertThat(node.isAllSent()).as(name).isTrue();
    }
    for (InMemoryLogStore log : List.of(server.log, javaLog)) {
      List<String> held =
          log.all().stream()
              .filter(entry -> PythonForm.has(entry, PythonForm.payload(entry)))
              .map(entry -> PythonForm.idOf(entry.id(), PythonForm.payload(entry)))
              .toList();
      assertThat(new TreeSet<>(held)).as(name).isEqualTo(written);
      if (trouble != Trouble.ITS_LOG_IS_PUT_BACK) { // It knows no more what it took in.
        assertThat(held).as(name).doesNotHaveDuplicates();
      }
    }
    assertThat(java.frontier()).as(name).isEqualTo(server.replica().frontier());
    assertThat(kills > 0).as(name).isEqualTo(trouble == Trouble.THE_SERVER_IS_KILLED);
  }

  @Override
  public void close() {
    server.close();
  }
}
