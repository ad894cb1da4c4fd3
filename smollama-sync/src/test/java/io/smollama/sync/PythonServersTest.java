package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.smollama.core.ChainId;
import io.smollama.core.NewEntry;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Nodes with Smollama for Python whose requests go to one server or another, as a balancer likes,
 * over one database.
 */
class PythonServersTest {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final int LOST_PERCENT = 40;

  private final SplittableRandom random = new SplittableRandom(7);
  private final List<PythonSyncService> servers = new ArrayList<>();
  private final List<SharedReplica> logs = new ArrayList<>();
  private final Set<String> written = new TreeSet<>();

  /** Another server over this test's database. */
  private void open() {
    HikariDataSource connections = POSTGRES.connections();
    SharedReplica log =
        PostgresLogStore.replica(
            connections, POSTGRES.group(), ReplicaSetup.ofThisMachine("llama"));
    logs.add(log);
    servers.add(
        PythonSyncService.open(
            connections,
            POSTGRES.group(),
            () -> log,
            token -> new PeerDirectory.Admission.Admitted(token),
            new CreditAccounts(1L << 40, () -> 0),
            ZoneId.of("Europe/Vienna"),
            text -> Optional.empty()));
  }

  private PythonNode.Link any() {
    return request -> PythonNode.Link.to(servers.get(random.nextInt(servers.size()))).ask(request);
  }

  private Optional<SyncReply> lossy(PythonSyncRequest request) {
    if (random.nextInt(100) < LOST_PERCENT) {
      return Optional.empty();
    }
    Optional<SyncReply> reply = any().ask(request);
    return random.nextInt(100) < LOST_PERCENT ? Optional.empty() : reply;
  }

  private void say(PythonNode node, int count) {
    for (int i = 0; i < count; i++) {
      written.add(node.say(random.nextBoolean() ? "observation" : "memory", "text " + i));
    }
  }

  private List<String> held() {
    List<String> held = new ArrayList<>();
    LogStore store = logs.get(0).store();
    store
        .chains()
        .keySet()
        .forEach(
            chain ->
                store
                    .entries(chain, Branch.TRUNK, 0, 10_000)
                    .forEach(
                        entry -> {
                          if (PythonForm.has(entry, PythonForm.payload(entry))) {
                            held.add(PythonForm.idOf(entry.id(), PythonForm.payload(entry)));
                          }
                        }));
    return held;
  }

  @Test
  void allEndAlikeWhicheverServerIsAskedAndWhateverIsLost() {
    open();
    open();
    List<PythonNode> nodes =
        List.of(new PythonNode("attic", "attic-token"), new PythonNode("cellar", "cellar-token"));
    for (int step = 0; step < 60; step++) {
      PythonNode node = nodes.get(random.nextInt(2));
      say(node, random.nextInt(20));
      node.push(this::lossy);
      Set<String> before = node.ids();
      node.pull(this::lossy).forEach(id -> assertThat(before).doesNotContain(id));
      if (random.nextInt(8) == 0) {
        String payload = "{\"text\":\"word %d\",\"confidence\":500}".formatted(step);
        logs.get(random.nextInt(logs.size()))
            .append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", payload)))
            .forEach(entry -> written.add(PythonForm.uuid(entry.id().hex())));
      }
      if (step == 30) {
        open(); // one more, which knows nothing of what the others gave
      }
    }
    for (int round = 0; round < 200 && !nodes.stream().allMatch(this::isSettled); round++) {
      nodes.forEach(node -> node.meet(any()));
    }
    for (PythonNode node : nodes) {
      assertThat(node.ids()).isEqualTo(written);
      assertThat(node.isAllSent()).isTrue();
    }
    assertThat(held()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
  }

  private boolean isSettled(PythonNode node) {
    return node.isAllSent() && node.ids().containsAll(written);
  }

  @Test
  void whatComesToTwoServersAtOnceIsKeptOnce() throws Exception {
    open();
    open();
    PythonNode node = new PythonNode("attic", "attic-token");
    for (int round = 0; round < 10; round++) {
      say(node, 30);
      PythonNode twin = node.backup();
      CyclicBarrier together = new CyclicBarrier(2);
      CompletableFuture<Void> one =
          CompletableFuture.runAsync(() -> push(node, servers.get(0), together));
      CompletableFuture<Void> other =
          CompletableFuture.runAsync(() -> push(twin, servers.get(1), together));
      one.get();
      other.get();
      assertThat(node.isAllSent() && twin.isAllSent()).isTrue();
    }
    assertThat(held()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
  }

  private static void push(PythonNode node, PythonSyncService server, CyclicBarrier together) {
    node.push(
        request -> {
          try {
            together.await();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
          return PythonNode.Link.to(server).ask(request);
        });
  }
}
