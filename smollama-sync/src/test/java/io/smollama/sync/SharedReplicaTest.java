package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.Push;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedReplicaTest {
  private static final long ALL = Long.MAX_VALUE;
  private static final int ROUNDS = 40;

  @TempDir Path folder;
  @TempDir Path elsewhere;

  private static List<NewEntry> one(String type) {
    return List.of(new NewEntry(type, "{}"));
  }

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

  private static void exchange(SharedReplica asking, SharedReplica answering) {
    Exchange exchange = asking.exchange(ALL);
    for (var next = exchange.next(asking.now());
        next.isPresent();
        next = exchange.next(asking.now())) {
      SyncMessage message = next.get();
      if (message instanceof Hello hello) {
        exchange.accept(answering.answer(hello, ALL), asking.now());
      } else if (message instanceof Pull pull) {
        exchange.accept(answering.answer(pull), asking.now());
      } else {
        exchange.accept(answering.answer((Push) message, ALL), asking.now());
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

  @Test
  void aRewoundNodeGoesOnUnderAnotherOriginAndItsFileSaysSo() throws Exception {
    ReplicaId before;
    ReplicaId after;
    Path image = folder.resolve("image");
    try (SqliteJournal here = Setups.open(folder);
        SqliteJournal there = Setups.open(elsewhere)) {
      before = here.origin();
      here.append(ChainId.KNOWLEDGE, "obs.add", "{\"n\":1}");
      Setups.crashImage(folder, image);
      here.append(ChainId.KNOWLEDGE, "obs.add", "{\"n\":2}");
      exchange(there.replica(), here.replica());
      try (SqliteJournal rewound = Setups.open(image)) {
        assertThat(rewound.origin()).isEqualTo(before); // it cannot know
        rewound.append(ChainId.KNOWLEDGE, "obs.add", "{\"n\":3}");
        exchange(rewound.replica(), there.replica());
        after = rewound.origin();
        assertThat(after).isNotEqualTo(before);
        assertThat(ReplicaFile.in(image).read().map(ReplicaState::replica)).contains(after);
        assertThat(rewound.append(ChainId.KNOWLEDGE, "obs.add", "{}").seq()).isEqualTo(1);
        assertThat(rewound.frontier().tips(new ChainId(before, ChainId.KNOWLEDGE)).heads())
            .hasSize(2);
        assertThat(rewound.verify().problems()).isEmpty();
      }
    }
    try (SqliteJournal again = Setups.open(image)) {
      assertThat(again.origin()).isEqualTo(after);
      assertThat(again.append(ChainId.KNOWLEDGE, "obs.add", "{}").seq()).isEqualTo(2);
    }
  }

  @Test
  void aSuccessorThatCouldNotBeWrittenDownIsWrittenDownBeforeItIsUsed() throws Exception {
    try (SqliteJournal journal = Setups.open(folder)) {
      ReplicaId before = journal.origin();
      ChainId own = new ChainId(before, ChainId.KNOWLEDGE);
      Path inTheWay = Files.createDirectory(folder.resolve("replica.json.tmp"));
      List<Run> runs = List.of(Run.of(Lines.line(own, 2)));
      assertThatThrownBy(() -> journal.replica().takeIn(runs, ALL))
          .isInstanceOf(JournalException.class);
      ReplicaId after = journal.origin();
      assertThat(after).isNotEqualTo(before);
      assertThatThrownBy(() -> journal.append(ChainId.KNOWLEDGE, "obs.add", "{}"))
          .isInstanceOf(JournalException.class);
      assertThat(journal.frontier().chains()).doesNotContainKey(new ChainId(after, 1));
      Files.delete(inTheWay);
      assertThat(journal.append(ChainId.KNOWLEDGE, "obs.add", "{}").seq()).isEqualTo(1);
      assertThat(ReplicaFile.in(folder).read().map(ReplicaState::replica)).contains(after);
    }
  }

  @Test
  void whatOneThreadLearnsOfALostOriginBindsAllOthers() {
    boolean[] full = {true};
    LogStore store =
        new LogStoreAround(Lines.store(1)) {
          @Override
          public boolean commit(Change change) {
            if (full[0]) {
              throw new JournalException("disk", "is full", true);
            }
            return super.commit(change);
          }
        };
    Replica one = new Replica(store, "one", Lines.freshIds());
    Replica sibling = one.sibling();
    ChainId own = new ChainId(Lines.replicaId(1), ChainId.KNOWLEDGE);
    Frontier ahead =
        Frontier.of(
            java.util.Map.of(
                own, new io.smollama.core.Tips(0, List.of(Points.of(Lines.line(own, 1).get(0))))));
    assertThatThrownBy(() -> one.notice(ahead, Lines.NOW)).hasMessageContaining("full");
    full[0] = false;
    Entry written = sibling.append(ChainId.KNOWLEDGE, one("obs.add"), Lines.NOW).get(0);
    assertThat(written.header().chain().origin()).isNotEqualTo(Lines.replicaId(1));
    assertThat(one.self()).isEqualTo(sibling.self());
    assertThat(Optional.of(one.self().incarnation())).contains(2L);
  }

  @Test
  void nothingIsCommittedBehindTheLastWordOfAClosedJournal() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 8; round++) {
        SqliteJournal journal = Setups.open(folder);
        ReplicaId origin = journal.origin();
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
          writers.add(threads.submit(() -> appendUntilClosed(journal)));
        }
        while (journal.frontier().tips(new ChainId(origin, 1)).highest() < 20L * (round + 1)) {
          Thread.onSpinWait();
        }
        journal.close();
        for (Future<?> writer : writers) {
          writer.get();
        }
        try (SqliteJournal again = Setups.open(folder)) {
          assertThat(again.origin()).isEqualTo(origin);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void appendUntilClosed(SqliteJournal journal) {
    try {
      while (true) {
        journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
      }
    } catch (JournalException e) {
      assertThat(e).hasMessageContaining("this journal is closed");
    }
  }
}
