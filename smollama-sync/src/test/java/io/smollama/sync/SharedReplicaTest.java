package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.Push;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SharedReplicaTest extends SharedReplicaFixture {
  private static final int ROUNDS = 40;

  @Test
  void threadsAppendTakeInAnswerAndExchangeAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (SqliteJournal here = Setups.open(folder);
        SqliteJournal there = Setups.open(elsewhere)) {
      SharedReplica replica = here.replica();
      List<Callable<Void>> work = new ArrayList<>();
      for (int stream = 1; stream <= 2; stream++) {
        int mine = stream;
        work.add(() -> repeat(round -> replica.append(mine, one("obs.add"))));
      }
      List<Entry> line = Lines.line(Lines.chain(2), ROUNDS);
      List<Entry> other = Lines.fork(line, 7, ROUNDS, "other");
      for (List<Entry> lines : List.of(line, line, other)) {
        work.add(() -> repeat(round -> push(replica, lines.subList(0, round))));
      }
      work.add(() -> repeat(round -> there.append(ChainId.KNOWLEDGE, "obs.add", "{}")));
      work.add(() -> repeat(round -> exchange(replica, there.replica())));
      work.add(() -> repeat(round -> pull(replica)));
      for (Future<Void> done : threads.invokeAll(work)) {
        done.get();
      }
      push(replica, line);
      push(replica, other);
      exchange(replica, there.replica());
      exchange(replica, there.replica());
      assertThat(here.frontier()).isEqualTo(there.frontier());
      assertThat(here.verify())
          .isEqualTo(new VerifyReport(2 + 3 * ROUNDS + 2 * ROUNDS, List.of()))
          .isEqualTo(there.verify());
    } finally {
      threads.shutdownNow();
    }
  }

  private interface Round {
    void run(int number);
  }

  private static Void repeat(Round round) {
    for (int i = 1; i <= ROUNDS; i++) {
      round.run(i);
    }
    return null;
  }

  private static void push(SharedReplica replica, List<Entry> entries) {
    replica.answer(new Push(List.of(Run.of(entries))), ALL);
  }

  private static void pull(SharedReplica replica) {
    Pull pull = new Pull(Frontier.EMPTY, new TreeMap<>(), Limits.MESSAGE_BYTES);
    for (Run run : replica.answer(pull).runs()) {
      for (int i = 1; i < run.entries().size(); i++) {
        Entry entry = run.entries().get(i);
        assertThat(Points.before(entry)).isEqualTo(Points.of(run.entries().get(i - 1)));
        assertThat(EntryLayout.idOf(entry.header())).isEqualTo(entry.id());
      }
    }
  }

  @Test
  void listenersHearOfOwnAndForeignEntriesWhenTheyAreThereAndOnlyThen() {
    try (SqliteJournal journal = Setups.open(folder)) {
      List<Set<ChainId>> heard = new ArrayList<>();
      SharedReplica replica = journal.replica();
      Runnable end =
          replica.onGrowth(
              chains -> {
                assertThat(journal.frontier().chains())
                    .containsKeys(chains.toArray(ChainId[]::new));
                heard.add(chains);
              });
      replica.onGrowth(
          chains -> {
            throw new IllegalStateException("a listener of a test");
          });
      List<Entry> line = Lines.line(Lines.chain(2), 3);
      journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
      push(replica, line);
      push(replica, line);
      journal.follow(99);
      ChainId own = new ChainId(journal.origin(), ChainId.KNOWLEDGE);
      assertThat(heard).containsExactly(Set.of(own), Set.of(Lines.chain(2)));
      end.run();
      journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
      assertThat(heard).hasSize(2);
    }
  }

  @Test
  void listenersDoNotHearOfADecisionThatCameTooLate() {
    int[] refusals = {3};
    LogStore contended =
        new LogStoreAround(Lines.store(1)) {
          @Override
          public boolean commit(Change change) {
            return refusals[0]-- <= 0 && super.commit(change);
          }
        };
    SharedReplica replica = new SharedReplica(contended, "one", Lines.freshIds(), () -> Lines.NOW);
    List<Set<ChainId>> heard = new ArrayList<>();
    replica.onGrowth(heard::add);
    replica.append(ChainId.KNOWLEDGE, one("obs.add"));
    assertThat(heard).hasSize(1);
  }

  @Test
  void appendsOfSeveralThreadsAndStreamsShareACommit() throws Exception {
    List<Integer> commits = new CopyOnWriteArrayList<>();
    CountDownLatch gathered = new CountDownLatch(1);
    LogStore slow =
        new LogStoreAround(Lines.store(1)) {
          @Override
          public boolean commit(Change change) {
            commits.add(Minting.entries(change).size());
            await(gathered);
            return super.commit(change);
          }
        };
    SharedReplica replica = new SharedReplica(slow, "one", Lines.freshIds(), () -> Lines.NOW);
    List<Entry> written = new CopyOnWriteArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int stream = i % 3;
      threads.add(
          new Thread(
              () -> {
                Entry entry = replica.append(stream, one("s" + stream)).get(0);
                assertThat(entry.header().type()).isEqualTo("s" + stream);
                assertThat(entry.header().chain().stream()).isEqualTo(stream);
                written.add(entry);
              }));
    }
    threads.forEach(Thread::start);
    while (!threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING)) {
      Thread.onSpinWait();
    }
    gathered.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(commits).containsExactly(1, 7);
    assertThat(written)
        .extracting(entry -> entry.header().lamport())
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesATruncationThatIsNotDeclared() {
    try (SqliteJournal journal = Setups.open(folder)) {
      assertThatThrownBy(() -> journal.append(ChainId.CONTROL, "ctl.trunc", "{}"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(journal.replica().append(ChainId.KNOWLEDGE, List.of())).isEmpty();
    }
  }
}
