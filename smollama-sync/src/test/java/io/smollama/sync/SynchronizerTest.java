package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import io.smollama.sync.PeerDirectory.Admission;
import io.smollama.testkit.InMemorySyncTransport;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.SyncPeer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SynchronizerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ManualClock clock = new ManualClock();
  private final InMemoryLogStore nodeStore = Lines.store(1);
  private final InMemoryLogStore serverStore = Lines.store(2);
  private final Replica node = new Replica(nodeStore, "kitchen", () -> Lines.replicaId(0x1001));
  private final Replica server = new Replica(serverStore, "llama", () -> Lines.replicaId(0x1002));
  private final CreditAccounts credits = new CreditAccounts(1L << 40, () -> 0);
  private final SyncService service =
      new SyncService(
          ReplicaAccess.each(() -> new Replica(serverStore, "llama", Lines.freshIds())),
          token -> token.equals("good") ? new Admission.Admitted("a") : new Admission.Revoked("a"),
          credits,
          () -> Lines.NOW);
  private final List<AutoCloseable> open = new ArrayList<>();
  private SyncPeer peer = new ServicePeer(service, "good");
  private LogStore behind = nodeStore;
  private volatile long nanos;
  private int roundTrips;
  private int nudges;

  @AfterEach
  void closeAll() throws Exception {
    Collections.reverse(open);
    for (AutoCloseable part : open) {
      part.close();
    }
  }

  private Synchronizer synchronizer(SyncTransport transport) {
    SyncSetup setup = new SyncSetup(clock, () -> nanos, () -> Lines.NOW, new Random(1));
    LogStore store =
        new LogStoreAround(nodeStore) {
          @Override
          public boolean commit(Change change) {
            return behind == nodeStore ? super.commit(change) : behind.commit(change);
          }
        };
    Replica replica = new Replica(store, "kitchen", Lines.freshIds());
    Synchronizer synchronizer =
        new Synchronizer(
            ReplicaAccess.shared(replica),
            transport,
            SynchronizerConfig.DEFAULT,
            setup,
            () -> nudges++);
    open.add(synchronizer);
    return synchronizer;
  }

  private Synchronizer synchronizer() {
    return synchronizer(
        new InMemorySyncTransport(
            "llama",
            (call, message) -> {
              roundTrips++;
              return peer.answer(call, message);
            }));
  }

  private static void write(Replica replica, int stream, int count, String payload) {
    for (int left = count; left > 0; left -= 1_000) {
      replica.append(
          stream,
          Collections.nCopies(Math.min(left, 1_000), new NewEntry("obs.add", payload)),
          Lines.NOW);
    }
  }

  private void failing(Fault fault) {
    peer =
        (call, message) -> {
          throw new SyncException("llama", fault, "in plain words");
        };
  }

  @Nested
  class Meeting {
    @Test
    void drainsMonthsOfBacklogInOneGo() {
      write(node, ChainId.READINGS, 20_000, "\"" + "r".repeat(500) + "\"");
      write(node, ChainId.KNOWLEDGE, 3_000, "{}");
      write(server, ChainId.KNOWLEDGE, 3_000, "{}");
      Synchronizer synchronizer = synchronizer();
      synchronizer.meet();
      assertThat(node.frontier()).isEqualTo(server.frontier());
      SyncProgress progress = synchronizer.status().progress();
      assertThat(progress.sent()).isEqualTo(23_000);
      assertThat(progress.received()).isEqualTo(3_000);
      assertThat(progress.left()).isZero();
      assertThat(progress.bytesSent()).isGreaterThan(20_000 * 500);
      assertThat(progress.roundTrips()).isEqualTo(roundTrips);
      assertThat(nudges).isEqualTo(1);
    }

    @Test
    void steadyStateCostsOneRoundTrip() {
      write(node, ChainId.KNOWLEDGE, 10, "{}");
      Synchronizer synchronizer = synchronizer();
      synchronizer.meet();
      for (int i = 0; i < 5; i++) {
        write(node, ChainId.KNOWLEDGE, 1, "{}");
        write(server, ChainId.ROLLUPS, i % 2, "{}");
        int before = roundTrips;
        synchronizer.meet();
        assertThat(roundTrips).isEqualTo(before + 1);
        assertThat(node.frontier()).isEqualTo(server.frontier());
      }
      assertThat(nudges).isEqualTo(2);
    }

    @Test
    void tellsHowFarItHasComeWhileUnderWay() {
      write(node, ChainId.READINGS, 5_000, "{}");
      List<SyncStatus> seen = new ArrayList<>();
      Synchronizer[] under = new Synchronizer[1];
      SyncPeer answering = peer;
      peer =
          (call, message) -> {
            nanos += Duration.ofSeconds(1).toNanos();
            seen.add(under[0].status());
            return answering.answer(call, message);
          };
      under[0] = synchronizer();
      under[0].meet();
      SyncStatus late = seen.get(seen.size() - 1);
      assertThat(late.running()).isTrue();
      assertThat(late.next()).isEmpty();
      assertThat(late.progress().left()).isEqualTo(5_000 - late.progress().sent());
      assertThat(late.progress().sent()).isBetween(500L, 4_999L);
      assertThat(late.progress().rate()).isPositive();
      assertThat(late.progress().remaining()).isPresent();
      assertThat(under[0].status().progress().remaining()).isEmpty();
    }

    @Test
    void aNodeOnARestoredCardIsToldSoAndGoesOnUnderANewName() {
      write(node, ChainId.KNOWLEDGE, 3, "{}");
      server.takeIn(List.of(Run.of(nodeStore.all())), Long.MAX_VALUE, Lines.NOW);
      server.takeIn(
          List.of(Run.of(Lines.fork(nodeStore.all(), 3, 2, "future"))), Long.MAX_VALUE, Lines.NOW);
      Synchronizer synchronizer = synchronizer();
      synchronizer.meet();
      assertThat(synchronizer.status().standing()).isEqualTo(PeerStatus.REWOUND);
      assertThat(node.self().origin()).isNotEqualTo(Lines.replicaId(1));
      synchronizer.meet();
      assertThat(synchronizer.status().standing()).isEqualTo(PeerStatus.OK);
      assertThat(node.frontier()).isEqualTo(server.frontier());
    }
  }

  @Nested
  class Failing {
    @Test
    void saysWhatIsWrongSinceWhenAndStopsSayingSo() {
      Synchronizer synchronizer = synchronizer();
      SyncPeer good = peer;
      failing(Fault.UNREACHABLE);
      synchronizer.meet();
      clock.advance(Duration.ofHours(2));
      synchronizer.meet();
      SyncStatus.Failure failure = synchronizer.status().failure().orElseThrow();
      assertThat(failure.words()).contains("in plain words").hasLineCount(1);
      assertThat(failure.since()).isEqualTo(clock.instant().minus(Duration.ofHours(2)));
      assertThat(failure.attempts()).isEqualTo(2);
      assertThat(failure.needsMending()).isFalse();
      assertThat(synchronizer.status().lastSuccess()).isEmpty();
      assertThat(synchronizer.status().next()).isPresent();
      peer = good;
      synchronizer.meet();
      assertThat(synchronizer.status().failure()).isEmpty();
      assertThat(synchronizer.status().lastSuccess()).contains(clock.instant());
    }

    @Test
    void aRevokedNodeNeedsMendingAndTriesRarely() {
      peer = new ServicePeer(service, "revoked");
      Synchronizer synchronizer = synchronizer();
      synchronizer.meet();
      SyncStatus status = synchronizer.status();
      assertThat(status.failure().orElseThrow().needsMending()).isTrue();
      assertThat(status.failure().orElseThrow().words()).contains("the token of 'a' was revoked");
      Duration wait = Duration.between(clock.instant(), status.next().orElseThrow());
      assertThat(wait).isGreaterThan(Duration.ofMinutes(7));
    }

    @Test
    void aUsedUpShareIsToldAndTheRestComesLater() {
      write(node, ChainId.READINGS, 1_000, "{}");
      credits.reserve("a", (1L << 40) - 100_000);
      Synchronizer synchronizer = synchronizer();
      synchronizer.meet();
      SyncStatus status = synchronizer.status();
      assertThat(status.failure().orElseThrow().words()).contains("llama: takes no more for now");
      assertThat(status.progress().left()).isPositive();
      credits.giveBack("a", 1L << 40);
      synchronizer.meet();
      assertThat(node.frontier()).isEqualTo(server.frontier());
    }

    @Test
    void aFullDiskOfItsOwnIsTold() {
      write(server, ChainId.KNOWLEDGE, 10, "{}");
      Synchronizer synchronizer = synchronizer();
      behind =
          new LogStoreAround(nodeStore) {
            @Override
            public boolean commit(Change change) {
              throw new JournalException("disk", "is full", true);
            }
          };
      synchronizer.meet();
      assertThat(synchronizer.status().failure().orElseThrow().words())
          .isEqualTo("this node's own disk is full or in use");
      behind = nodeStore;
      synchronizer.meet();
      assertThat(node.frontier()).isEqualTo(server.frontier());
    }

    @Test
    void anAnswerThatMakesNoSenseIsNoReasonToEnd() {
      Synchronizer synchronizer = synchronizer();
      SyncPeer good = peer;
      for (byte[] nonsense :
          List.of(
              new byte[0],
              new byte[] {1, 2},
              SyncWire.encode(List.of()),
              SyncWire.encode(List.of(node.hello(Lines.NOW))))) {
        peer = (call, message) -> nonsense;
        synchronizer.meet();
        assertThat(synchronizer.status().failure().orElseThrow().words()).startsWith("llama: ");
      }
      peer = good;
      synchronizer.meet();
      assertThat(synchronizer.status().failure()).isEmpty();
    }

    @Test
    void aMistakeInsideIsNoReasonToEndEither() {
      behind =
          new LogStoreAround(nodeStore) {
            @Override
            public boolean commit(Change change) {
              throw new IllegalStateException("unforeseen");
            }
          };
      write(server, ChainId.KNOWLEDGE, 1, "{}");
      Synchronizer synchronizer = synchronizer();
      synchronizer.meet();
      assertThat(synchronizer.status().failure().orElseThrow().words())
          .isEqualTo("something went wrong inside the node, its log says what");
    }
  }

  @Nested
  class Living {
    private final CountDownLatch release = new CountDownLatch(1);

    private void await(CountDownLatch latch) throws InterruptedException {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private void until(CountDownLatch latch, Runnable again) throws InterruptedException {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (!latch.await(1, TimeUnit.MILLISECONDS)) {
        assertThat(System.nanoTime() - deadline).isNegative();
        again.run();
      }
    }

    /** Counts down when so many exchanges have ended well. */
    private CountDownLatch meetings(int count) {
      CountDownLatch latch = new CountDownLatch(count);
      SyncPeer good = peer;
      peer =
          (call, message) -> {
            byte[] answer = good.answer(call, message);
            latch.countDown();
            return answer;
          };
      return latch;
    }

    @Test
    void meetsAtOnceAtTheIntervalAndWhenAskedTo() throws Exception {
      write(node, ChainId.KNOWLEDGE, 1, "{}");
      CountDownLatch first = meetings(1);
      Synchronizer synchronizer = synchronizer();
      synchronizer.start();
      synchronizer.start();
      await(first);
      CountDownLatch more = meetings(3);
      until(more, synchronizer::syncNow);
      CountDownLatch woken = meetings(1);
      nanos += SynchronizerConfig.DEFAULT.wakeAfter().toNanos() * 2;
      until(
          woken,
          () -> {
            synchronizer.wake();
            nanos += SynchronizerConfig.DEFAULT.wakeAfter().toNanos();
          });
    }

    @Test
    void closingBreaksOffWhatIsUnderWayAndLosesNothing() throws Exception {
      write(node, ChainId.KNOWLEDGE, 100, "{}");
      CountDownLatch asked = new CountDownLatch(1);
      SyncPeer good = peer;
      peer =
          (call, message) -> {
            byte[] answer = good.answer(call, message);
            asked.countDown();
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return answer;
          };
      Synchronizer synchronizer = synchronizer();
      synchronizer.start();
      await(asked);
      assertThat(synchronizer.status().running()).isTrue();
      synchronizer.close();
      assertThat(synchronizer.status().running()).isFalse();
      synchronizer.close();
      release.countDown();
      assertThat(synchronizer.status().next()).isEmpty();
      assertThat(synchronizer.status().failure()).isEmpty();
      peer = good;
      synchronizer().meet();
      assertThat(node.frontier()).isEqualTo(server.frontier());
    }

    @Test
    void doesNothingAfterTheClose() {
      Synchronizer synchronizer = synchronizer();
      synchronizer.close();
      synchronizer.start();
      synchronizer.syncNow();
      assertThat(roundTrips).isZero();
    }
  }

  @Nested
  class OverHttp {
    @Test
    void theSameOnRealConnections() throws IOException {
      write(node, ChainId.READINGS, 3_000, "{\"value\":21.5}");
      write(server, ChainId.KNOWLEDGE, 500, "{}");
      HttpPeer http = HttpPeer.start(exchange -> ServicePeer.handle(service, exchange));
      open.add(http);
      Synchronizer synchronizer = synchronizer(to(http.address(), "good"));
      synchronizer.meet();
      assertThat(synchronizer.status().failure()).isEmpty();
      assertThat(node.frontier()).isEqualTo(server.frontier());
      int before = http.connections.size();
      write(node, ChainId.KNOWLEDGE, 1, "{}");
      synchronizer.meet();
      assertThat(node.frontier()).isEqualTo(server.frontier());
      assertThat(http.connections).hasSize(before + 1);
      assertThat(http.connections.stream().distinct()).hasSize(1);
      Synchronizer revoked = synchronizer(to(http.address(), "old"));
      revoked.meet();
      assertThat(revoked.status().failure().orElseThrow().words())
          .isEqualTo(http.address() + ": HTTP 403 the token of 'a' was revoked");
    }

    private SyncTransport to(URI address, String token) {
      return HttpSyncTransport.open(HttpSyncConfig.of(address, Optional.of(token)));
    }
  }
}
