package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.sync.Change.ChainChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link LogStore} does. */
abstract class LogStoreContract extends LogStoreKeepingContract {
  @Test
  void startsEmpty() {
    assertThat(store.self()).isEqualTo(ONE);
    assertThat(store.chains()).isEmpty();
    ChainId chain = new ChainId(ONE.origin(), ChainId.KNOWLEDGE);
    assertThat(store.chain(chain)).isEqualTo(ChainState.empty(chain));
    assertThat(store.entries(chain, Branch.TRUNK, 0, 10)).isEmpty();
  }

  @Test
  void givesBackWhatWasAddedInPages() {
    List<Entry> line = Lines.line(Lines.chain(2), 5);
    assertThat(commit(Lines.adding(store, line))).isTrue();
    ChainId chain = Lines.chain(2);
    assertThat(store.entries(chain, Branch.TRUNK, 0, 2))
        .containsExactlyElementsOf(line.subList(0, 2));
    assertThat(store.entries(chain, Branch.TRUNK, 2, 9))
        .containsExactlyElementsOf(line.subList(2, 5));
    assertThat(store.entries(chain, Branch.TRUNK, 5, 9)).isEmpty();
    assertThat(store.chains()).containsOnlyKeys(chain);
    assertThat(store.chain(chain).tips().heads()).containsExactly(Points.of(line.get(4)));
    assertThatThrownBy(() -> store.entries(chain, Branch.TRUNK, 0, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givesTheFirstChainsOfARange() {
    ReplicaId last = new ReplicaId("f".repeat(32));
    List<ChainId> chains =
        List.of(
            new ChainId(Lines.replicaId(0x7f), 255),
            new ChainId(Lines.replicaId(0x80), 0),
            new ChainId(Lines.replicaId(0x80), 2),
            new ChainId(Lines.replicaId(0x80), 255),
            new ChainId(Lines.replicaId(0x81), 0),
            new ChainId(last, 1));
    chains.forEach(chain -> assertThat(commit(Lines.adding(store, Lines.line(chain, 1)))).isTrue());
    ChainRange one = ChainRange.of(Lines.replicaId(0x80));
    assertThat(store.chains(one, 9).keySet()).containsExactlyElementsOf(chains.subList(1, 4));
    assertThat(store.chains(one, 2).keySet()).containsExactlyElementsOf(chains.subList(1, 3));
    assertThat(store.chains(one, 1).values()).containsExactly(store.chain(chains.get(1)));
    ChainRange middle = new ChainRange(Optional.of(chains.get(2)), Optional.of(chains.get(4)));
    assertThat(store.chains(middle, 9).keySet()).containsExactlyElementsOf(chains.subList(2, 4));
    assertThat(store.chains(ChainRange.of(last), 9).keySet()).containsExactly(chains.get(5));
    assertThat(store.chains(ChainRange.of(Lines.replicaId(9)), 9)).isEmpty();
    assertThat(store.chains(ChainRange.ALL, Integer.MAX_VALUE)).isEqualTo(store.chains());
    assertThat(store.chains().keySet()).containsExactlyElementsOf(chains);
    assertThatThrownBy(() -> store.chains(one, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhatIsKnownOfSomeChains() {
    commit(Lines.adding(store, Lines.line(Lines.chain(2), 1)));
    commit(Lines.adding(store, Lines.line(Lines.chain(3), 2)));
    commit(Lines.adding(store, Lines.line(Lines.chain(4), 3)));
    Set<ChainId> some = Set.of(Lines.chain(2), Lines.chain(4), Lines.chain(5));
    assertThat(store.states(some).keySet()).containsExactlyInAnyOrderElementsOf(some);
    store.states(some).forEach((chain, state) -> assertThat(state).isEqualTo(store.chain(chain)));
    assertThat(store.states(some).get(Lines.chain(5))).isEqualTo(ChainState.empty(Lines.chain(5)));
    assertThat(store.states(Set.of())).isEmpty();
  }

  @Test
  void refusesAChangeThatWasDecidedOnSomethingElse() {
    List<Entry> line = Lines.line(Lines.chain(2), 2);
    Change first = Lines.adding(store, line.subList(0, 1));
    assertThat(commit(first)).isTrue();
    assertThat(commit(first)).isFalse();
    assertThat(store.entries(Lines.chain(2), Branch.TRUNK, 0, 9)).hasSize(1);
  }

  @Test
  void refusesAWriterThatWasSucceeded() {
    Self two = new Self(Lines.replicaId(7), 2, 5);
    assertThat(commit(new Change(ONE.origin(), 5, Optional.of(two), List.of(), List.of())))
        .isTrue();
    assertThat(store.self()).isEqualTo(two);
    assertThat(commit(Change.of(ONE, 9, List.of()))).isFalse();
    assertThat(store.self()).isEqualTo(two);
  }

  @Test
  void changesAllChainsOrNone() {
    List<Entry> a = Lines.line(Lines.chain(2), 1);
    List<Entry> b = Lines.line(Lines.chain(3), 1);
    Change changeB = Lines.adding(store, b);
    commit(changeB);
    Change both =
        Change.of(ONE, 9, List.of(Lines.adding(store, a).chains().get(0), changeB.chains().get(0)));
    assertThat(commit(both)).isFalse();
    assertThat(store.chains()).containsOnlyKeys(Lines.chain(3));
    assertThat(store.self().lamport()).isLessThan(9);
  }

  @Test
  void raisesTheClockAndNeverLowersIt() {
    commit(Change.of(ONE, 9, List.of()));
    commit(Change.of(ONE, 4, List.of()));
    assertThat(store.self().lamport()).isEqualTo(9);
  }

  @Test
  void refusesAChangeThatWasDecidedOnOtherMarks() {
    ChainState before = store.chain(Lines.chain(2));
    Change marking =
        Change.of(
            ONE,
            1,
            List.of(ChainChange.of(before, before.marked(new Point(7, EntryHeader.GENESIS)))));
    Change adding = Lines.adding(store, Lines.line(Lines.chain(2), 1));
    assertThat(commit(marking)).isTrue();
    assertThat(commit(adding)).isFalse();
    assertThat(store.entries(Lines.chain(2), Branch.TRUNK, 0, 9)).isEmpty();
  }

  @Test
  void ofThreadsThatDecidedOnTheSameOneIsTakenAndReadersSeeWholeLines() throws Exception {
    List<Entry> line = Lines.line(Lines.chain(2), 200);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> writers = new ArrayList<>();
      for (int writer = 0; writer < 3; writer++) {
        writers.add(threads.submit(() -> append(line)));
      }
      Future<Integer> reader = threads.submit(() -> read(line));
      int taken = 0;
      for (Future<Integer> writer : writers) {
        taken += writer.get();
      }
      assertThat(taken).isEqualTo(line.size());
      assertThat(reader.get()).isEqualTo(line.size());
    } finally {
      threads.shutdownNow();
    }
    assertThat(store.entries(Lines.chain(2), Branch.TRUNK, 0, 999)).isEqualTo(line);
  }

  @Test
  void threadsThatChangeDifferentChainsNeedNotDecideAnew() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Boolean>> writers = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        List<Entry> line = Lines.line(Lines.chain(10 + writer), 25);
        writers.add(threads.submit(() -> appendOneByOne(line)));
      }
      for (Future<Boolean> writer : writers) {
        assertThat(writer.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
    store = reopened();
    for (int writer = 0; writer < 8; writer++) {
      List<Entry> line = Lines.line(Lines.chain(10 + writer), 25);
      assertThat(store.entries(Lines.chain(10 + writer), Branch.TRUNK, 0, 99)).isEqualTo(line);
    }
    assertThat(store.chains()).hasSize(8);
  }

  private boolean appendOneByOne(List<Entry> line) {
    return line.stream().allMatch(entry -> commit(Lines.adding(store, List.of(entry))));
  }

  /** Appends whatever is next until all is there; how many were taken. */
  private int append(List<Entry> line) {
    int taken = 0;
    long next = store.chain(Lines.chain(2)).highest();
    while (next < line.size()) {
      Change change = Lines.adding(store, line.subList((int) next, (int) next + 1));
      boolean stillNext = change.chains().get(0).before().highest() == next;
      taken += stillNext && commit(change) ? 1 : 0;
      next = store.chain(Lines.chain(2)).highest();
    }
    return taken;
  }

  private int read(List<Entry> line) {
    int seen = 0;
    while (seen < line.size()) {
      seen = (int) store.chain(Lines.chain(2)).highest();
      List<Entry> found = store.entries(Lines.chain(2), Branch.TRUNK, 0, 999);
      assertThat(found).hasSizeGreaterThanOrEqualTo(seen).isEqualTo(line.subList(0, found.size()));
    }
    return seen;
  }
}
