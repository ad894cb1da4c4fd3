package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import io.smollama.sync.PeerDirectory.Admission;
import io.smollama.testkit.InMemorySyncTransport;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.UnreliableSyncTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nodes write and meet a server over links that lose, repeat, delay, cut and flip messages; when
 * the links are good again, all hold the same, and all that was ever written.
 */
class TroubledSyncTest {
  private static final int SEEDS = 60;

  @ParameterizedTest
  @ValueSource(ints = {5, 20, 50})
  void whateverTheLinksDoAllEndAlike(int percent) {
    int failed = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      failed += new Fleet(seed, percent).run();
    }
    assertThat(failed).as("meetings that the trouble broke off").isGreaterThan(SEEDS);
  }

  private static final class Fleet {
    private final long seed;
    private final SplittableRandom random;
    private final InMemoryLogStore serverStore = Lines.store(100);
    private final List<InMemoryLogStore> stores = new ArrayList<>();
    private final List<SharedReplica> nodes = new ArrayList<>();
    private final List<UnreliableSyncTransport> links = new ArrayList<>();
    private final List<Synchronizer> synchronizers = new ArrayList<>();
    private final List<EntryId> written = new ArrayList<>();
    private long nanos;

    Fleet(long seed, int percent) {
      this.seed = seed;
      this.random = new SplittableRandom(seed);
      for (int number = 0; number < 2 + random.nextInt(2); number++) {
        join(number, percent);
      }
    }

    private void join(int number, int percent) {
      SyncService service =
          new SyncService(
              Lines.shared(serverStore, "llama"),
              token -> new Admission.Admitted(token),
              new CreditAccounts(1L << 40, () -> 0));
      InMemorySyncTransport link =
          new InMemorySyncTransport("llama", new ServicePeer(service, "node" + number));
      links.add(new UnreliableSyncTransport(link, random.nextLong(), percent));
      stores.add(Lines.store(number + 1));
      nodes.add(
          new SharedReplica(
              stores.get(number),
              "node" + number,
              () -> Lines.replicaId(0x1000 + number),
              () -> Lines.NOW));
      SyncSetup setup = new SyncSetup(new ManualClock(), () -> nanos++, new Random(seed));
      synchronizers.add(
          new Synchronizer(
              nodes.get(number), links.get(number), SynchronizerConfig.DEFAULT, setup, () -> {}));
    }

    /** How many meetings were broken off. */
    int run() {
      int failed = 0;
      for (int step = 0; step < 30; step++) {
        int number = random.nextInt(nodes.size());
        write(nodes.get(number));
        synchronizers.get(number).meet();
        failed += synchronizers.get(number).status().failure().isPresent() ? 1 : 0;
      }
      links.forEach(link -> link.trouble(0));
      for (int round = 0; round < 3; round++) {
        synchronizers.forEach(Synchronizer::meet);
      }
      check();
      synchronizers.forEach(Synchronizer::close);
      return failed;
    }

    private void write(SharedReplica node) {
      int stream = random.nextInt(4);
      List<NewEntry> entries = new ArrayList<>();
      for (int i = 0; i < random.nextInt(40); i++) {
        entries.add(new NewEntry("obs.add", "\"" + "x".repeat(random.nextInt(300)) + "\""));
      }
      node.append(stream == ChainId.CONTROL ? ChainId.KNOWLEDGE : stream, entries)
          .forEach(entry -> written.add(entry.id()));
    }

    private void check() {
      Frontier all = new Replica(serverStore, "llama", Lines.freshIds()).frontier();
      for (int i = 0; i < nodes.size(); i++) {
        assertThat(nodes.get(i).frontier()).as("node %d of seed %d", i, seed).isEqualTo(all);
        assertThat(stores.get(i).everHeld())
            .as("node %d of seed %d", i, seed)
            .hasSize(written.size())
            .containsAll(written);
        assertThat(stores.get(i).all()).hasSize(written.size());
      }
    }
  }
}
