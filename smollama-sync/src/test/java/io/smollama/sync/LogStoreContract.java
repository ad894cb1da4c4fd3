package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link LogStore} does. */
abstract class LogStoreContract {
  private static final Self ONE = new Self(Lines.replicaId(1), 1, 0);

  private LogStore store;

  /** An empty store that this replica writes through. */
  abstract LogStore open(Self self) throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open(ONE);
  }

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
  void splitsABranchAndKeepsBothLines() {
    Replica replica = new Replica(store, "one", Lines.freshIds());
    List<Entry> line = Lines.line(Lines.chain(2), 5);
    List<Entry> other = Lines.fork(line, 2, 3, "other");
    replica.takeIn(List.of(Run.of(line)), Long.MAX_VALUE, Lines.NOW);
    replica.takeIn(List.of(Run.of(other)), Long.MAX_VALUE, Lines.NOW);
    ChainId chain = Lines.chain(2);
    assertThat(store.entries(chain, Branch.TRUNK, 0, 9)).isEqualTo(line.subList(0, 2));
    assertThat(store.entries(chain, line.get(2).id().hex(), 0, 9)).isEqualTo(line.subList(2, 5));
    assertThat(store.entries(chain, other.get(0).id().hex(), 3, 1)).isEqualTo(other.subList(1, 2));
  }

  @Test
  void forgetsWhatIsCutOffAndKeepsTheFrontier() {
    Replica replica = new Replica(store, "one", Lines.freshIds());
    for (int i = 0; i < 4; i++) {
      replica.append(ChainId.READINGS, List.of(new NewEntry("reading.batch", "[]")), Lines.NOW);
    }
    Frontier before = replica.frontier();
    ChainId chain = new ChainId(ONE.origin(), ChainId.READINGS);
    assertThat(replica.truncate(ChainId.READINGS, 4, Lines.NOW)).isTrue();
    assertThat(store.entries(chain, Branch.TRUNK, 0, 9)).hasSize(1);
    assertThat(replica.frontier().tips(chain).heads()).isEqualTo(before.tips(chain).heads());
    assertThat(replica.frontier().tips(chain).cut()).isEqualTo(3);
  }

  private boolean commit(Change change) {
    return store.commit(change);
  }
}
