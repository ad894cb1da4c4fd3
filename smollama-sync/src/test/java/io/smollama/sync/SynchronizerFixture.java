package io.smollama.sync;

import io.smollama.core.NewEntry;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import io.smollama.sync.PeerDirectory.Admission;
import io.smollama.testkit.InMemorySyncTransport;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.SyncPeer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** A node and a server, each with a store in memory, that meet when a test says so. */
abstract class SynchronizerFixture {
  final ManualClock clock = new ManualClock();
  final InMemoryLogStore nodeStore = Lines.store(1);
  final InMemoryLogStore serverStore = Lines.store(2);
  final Replica node = new Replica(nodeStore, "kitchen", () -> Lines.replicaId(0x1001));
  final Replica server = new Replica(serverStore, "llama", () -> Lines.replicaId(0x1002));
  final CreditAccounts credits = new CreditAccounts(1L << 40, () -> 0);
  final SyncService service =
      new SyncService(
          Lines.shared(serverStore, "llama"),
          token -> token.equals("good") ? new Admission.Admitted("a") : new Admission.Revoked("a"),
          credits);
  final List<AutoCloseable> open = new ArrayList<>();
  SyncPeer peer = new ServicePeer(service, "good");
  LogStore behind = nodeStore;
  volatile long nanos;
  int roundTrips;
  int nudges;

  @AfterEach
  void closeAll() throws Exception {
    Collections.reverse(open);
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  Synchronizer synchronizer(SyncTransport transport) {
    return synchronizer(transport, SynchronizerConfig.DEFAULT);
  }

  Synchronizer synchronizer(SyncTransport transport, SynchronizerConfig config) {
    SyncSetup setup = new SyncSetup(clock, () -> nanos, new Random(1));
    LogStore store =
        new LogStoreAround(nodeStore) {
          @Override
          public boolean commit(Change change) {
            return behind == nodeStore ? super.commit(change) : behind.commit(change);
          }
        };
    Synchronizer synchronizer =
        new Synchronizer(Lines.shared(store, "kitchen"), transport, config, setup, () -> nudges++);
    open.add(synchronizer);
    return synchronizer;
  }

  Synchronizer synchronizer() {
    return synchronizer(
        new InMemorySyncTransport(
            "llama",
            (call, message) -> {
              roundTrips++;
              return peer.answer(call, message);
            }));
  }

  static void write(Replica replica, int stream, int count, String payload) {
    for (int left = count; left > 0; left -= 1_000) {
      replica.append(
          stream,
          Collections.nCopies(Math.min(left, 1_000), new NewEntry("obs.add", payload)),
          Lines.NOW);
    }
  }

  void failing(Fault fault) {
    peer =
        (call, message) -> {
          throw new SyncException("llama", fault, "in plain words");
        };
  }
}
