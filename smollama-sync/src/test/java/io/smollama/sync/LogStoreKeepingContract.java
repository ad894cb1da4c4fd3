package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import io.smollama.sync.Change.ChainChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link LogStore} still holds when it is opened anew. */
abstract class LogStoreKeepingContract {
  static final Self ONE = new Self(Lines.replicaId(1), 1, 0);

  LogStore store;

  /** An empty store that this replica writes through. */
  abstract LogStore open(Self self) throws Exception;

  /** The store opened anew, if it outlives its object. */
  abstract LogStore reopened() throws Exception;

  /** What the store has noted as refused, the oldest first. */
  abstract List<Quarantined> quarantine();

  @BeforeEach
  void openStore() throws Exception {
    store = open(ONE);
  }

  boolean commit(Change change) {
    return store.commit(change);
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

  @Test
  void keepsEverythingWhenItIsOpenedAnew() throws Exception {
    Replica replica = new Replica(store, "one", Lines.freshIds());
    List<Entry> line = Lines.line(Lines.chain(2), 5);
    take(replica, line);
    take(replica, Lines.fork(line, 2, 3, "other"));
    take(replica, Lines.fork(line, 0, 1, "from the start"));
    replica.append(ChainId.KNOWLEDGE, List.of(new NewEntry("obs.add", "{}")), Lines.NOW);
    for (int i = 0; i < 3; i++) {
      replica.append(ChainId.READINGS, List.of(new NewEntry("reading.batch", "[]")), Lines.NOW);
    }
    replica.truncate(ChainId.READINGS, 2, Lines.NOW);
    commit(Change.of(store.self(), 99, List.of()));
    SortedMap<ChainId, ChainState> chains = store.chains();
    List<Entry> entries = everything(store);
    Frontier frontier = replica.frontier();
    store = reopened();
    assertThat(store.self()).isEqualTo(new Self(ONE.origin(), 1, 99));
    assertThat(store.chains()).isEqualTo(chains);
    assertThat(chains.get(new ChainId(ONE.origin(), ChainId.READINGS)).marks()).hasSize(1);
    assertThat(everything(store)).hasSize(13).isEqualTo(entries);
    assertThat(new Replica(store, "one", Lines.freshIds()).frontier()).isEqualTo(frontier);
  }

  @Test
  void givesPayloadsBackByteByByteAndKnowsWhichAreGone() throws Exception {
    byte[] odd = {'"', (byte) 0xff, 0, (byte) 0xc3, '"'};
    Entry first = Entry.of(EntryTest.header(odd), odd);
    ChainId chain = first.header().chain();
    Entry redacted =
        Entry.redacted(Lines.entry(chain, Points.of(first), 1L << 50, "obs.add", "1").header());
    Entry empty = Lines.entry(chain, Points.of(redacted), (1L << 53) - 1, "x", "");
    List<Entry> line = List.of(first, redacted, empty);
    assertThat(commit(Lines.adding(store, line))).isTrue();
    store = reopened();
    List<Entry> found = store.entries(chain, Branch.TRUNK, 0, 9);
    assertThat(found).isEqualTo(line);
    assertThat(found.get(0).header()).isEqualTo(first.header());
    assertThat(found.get(0).payload()).contains(odd);
    assertThat(found.get(1).payload()).isEmpty();
    assertThat(found.get(2).payload()).contains(new byte[0]);
  }

  @Test
  void keepsPayloadsOfEveryLength() throws Exception {
    List<Entry> line = new ArrayList<>();
    Point before = Point.START;
    for (int length = 0; length <= Limits.PAYLOAD_BYTES; length = length * 21 / 20 + 1) {
      Entry entry =
          Lines.entry(Lines.chain(2), before, length + 1, "obs.add", "\u00e9x0".repeat(length / 4));
      line.add(entry);
      before = Points.of(entry);
    }
    assertThat(commit(Lines.adding(store, line))).isTrue();
    store = reopened();
    assertThat(store.entries(Lines.chain(2), Branch.TRUNK, 0, 999)).isEqualTo(line);
  }

  @Test
  void keepsThousandsOfEntriesOfOneCommitInTheirOrder() throws Exception {
    List<Entry> line = Lines.line(Lines.chain(2), 5_000);
    assertThat(commit(Lines.adding(store, line))).isTrue();
    store = reopened();
    assertThat(store.entries(Lines.chain(2), Branch.TRUNK, 0, 5_000)).isEqualTo(line);
    assertThat(store.entries(Lines.chain(2), Branch.TRUNK, 4_998, Integer.MAX_VALUE))
        .isEqualTo(line.subList(4_998, 5_000));
  }

  @Test
  void splitsABranchOfABranch() throws Exception {
    Replica replica = new Replica(store, "one", Lines.freshIds());
    List<Entry> line = Lines.line(Lines.chain(2), 6);
    List<Entry> other = Lines.fork(line, 4, 4, "other");
    take(replica, line);
    take(replica, other);
    List<Entry> whole = new ArrayList<>(line.subList(0, 4));
    whole.addAll(other);
    List<Entry> third = Lines.fork(whole, 6, 2, "third");
    take(replica, third);
    store = reopened();
    ChainId chain = Lines.chain(2);
    assertThat(store.chain(chain).branches()).hasSize(5);
    assertThat(store.entries(chain, Branch.TRUNK, 0, 9)).isEqualTo(line.subList(0, 4));
    assertThat(branch(chain, line.get(4))).isEqualTo(line.subList(4, 6));
    assertThat(branch(chain, other.get(0))).isEqualTo(other.subList(0, 2));
    assertThat(branch(chain, other.get(2))).isEqualTo(other.subList(2, 4));
    assertThat(branch(chain, third.get(0))).isEqualTo(third);
  }

  private List<Entry> branch(ChainId chain, Entry first) {
    return store.entries(chain, first.id().hex(), 0, 9);
  }

  @Test
  void marksAChainOfWhichNothingIsHeld() throws Exception {
    ChainId chain = new ChainId(Lines.replicaId(2), ChainId.READINGS);
    ChainState before = store.chain(chain);
    ChainState after = before.marked(new Point(7, EntryHeader.GENESIS));
    ChainChange change = ChainChange.of(before, after);
    assertThat(commit(Change.of(ONE, 1, List.of(change)))).isTrue();
    store = reopened();
    assertThat(store.chain(chain)).isEqualTo(after);
    assertThat(store.chains()).containsOnlyKeys(chain);
  }

  @Test
  void remembersTheNewestOfWhatWasRefused() throws Exception {
    List<Quarantined> refused = new ArrayList<>();
    for (int seq = 0; seq < Limits.QUARANTINED + 30; seq++) {
      refused.add(new Quarantined(Lines.chain(2), seq, Quarantined.Code.LAMPORT));
    }
    int half = Limits.QUARANTINED / 2;
    quarantine(refused.subList(0, half));
    quarantine(refused.subList(half, refused.size()));
    store = reopened();
    assertThat(quarantine()).isEqualTo(refused.subList(30, refused.size()));
  }

  private void quarantine(List<Quarantined> refused) {
    assertThat(commit(new Change(ONE.origin(), 0, Optional.empty(), List.of(), refused))).isTrue();
  }

  private static void take(Replica replica, List<Entry> line) {
    assertThat(replica.takeIn(List.of(Run.of(line)), Long.MAX_VALUE, Lines.NOW))
        .allMatch(Verdict::acknowledges);
  }

  private static List<Entry> everything(LogStore store) {
    List<Entry> all = new ArrayList<>();
    for (ChainState state : store.chains().values()) {
      for (Branch branch : state.branches()) {
        all.addAll(store.entries(state.chain(), branch.label(), 0, 999));
      }
    }
    return all;
  }
}
