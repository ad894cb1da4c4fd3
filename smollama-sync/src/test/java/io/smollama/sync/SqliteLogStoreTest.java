package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteLogStoreTest extends LogStoreContract {
  @TempDir Path folder;

  private SqliteLogStore store;

  @Override
  LogStore open(Self self) throws Exception {
    store = Setups.store(folder, self);
    return store;
  }

  @Override
  LogStore reopened() throws Exception {
    store.close();
    store = SqliteLogStore.open(Setups.database(folder));
    return store;
  }

  @Override
  List<Quarantined> quarantine() {
    return store.quarantine();
  }

  @Test
  void whatCannotBeWrittenDoesNotKeepOutWhatSharesItsCommit() throws Exception {
    Change good = Lines.adding(store, Lines.line(Lines.chain(2), 2));
    Entry twice = Lines.line(Lines.chain(3), 1).get(0);
    Change bad = Lines.adding(store, List.of(twice, twice));
    Change stale = Lines.adding(store, Lines.line(Lines.chain(2), 1));
    Change other = Lines.adding(store, Lines.line(Lines.chain(4), 1));
    List<BooleanSupplier> made = store.commitAll(List.of(good, bad, stale, other));
    assertThat(made.get(0).getAsBoolean()).isTrue();
    assertThatThrownBy(made.get(1)::getAsBoolean).isInstanceOf(JournalException.class);
    assertThat(made.get(2).getAsBoolean()).isFalse();
    assertThat(made.get(3).getAsBoolean()).isTrue();
    requireOnlyChains2And4(store);
    requireOnlyChains2And4(reopened());
  }

  private static void requireOnlyChains2And4(LogStore store) {
    assertThat(store.chains()).containsOnlyKeys(Lines.chain(2), Lines.chain(4));
    assertThat(store.entries(Lines.chain(2), Branch.TRUNK, 0, 9)).hasSize(2);
  }

  /** Forks, cuts, successions and nonsense, decided over one store and made in both. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void doesWhatTheStoreInMemoryDoes(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    InMemoryLogStore memory = new InMemoryLogStore(store.self());
    Supplier<ReplicaId> freshIds = Lines.freshIds();
    List<List<Entry>> lines = new ArrayList<>();
    for (int step = 0; step < 150; step++) {
      MirroredLogStore both = new MirroredLogStore(memory, store);
      Replica replica = new Replica(both, "one", freshIds);
      int stream = random.nextInt(4);
      switch (random.nextInt(6)) {
        case 0 -> replica.append(stream, List.of(new NewEntry("obs.add", "{}")), Lines.NOW);
        case 1 -> replica.truncate(2 + stream % 2, 1 + random.nextInt(20), Lines.NOW);
        case 2 -> reopened();
        default -> replica.takeIn(List.of(run(random, lines, replica)), 9_999_999, Lines.NOW);
      }
      new MirroredLogStore(memory, store).requireSame();
    }
    assertThat(store.quarantine()).isEqualTo(memory.quarantine()).isNotEmpty();
    assertThat(memory.chains().values()).anyMatch(ChainState::isForked);
    assertThat(memory.chains().values()).anyMatch(state -> state.cut().seq() > 0);
  }

  /** A part of some line, new or known, of others or the replica's own; some are out of order. */
  private static Run run(SplittableRandom random, List<List<Entry>> lines, Replica replica) {
    if (lines.size() < 3 || random.nextInt(5) == 0) {
      boolean mine = random.nextInt(9) == 0;
      ChainId chain =
          mine
              ? new ChainId(replica.self().origin(), 1 + random.nextInt(3))
              : Lines.chain(2 + random.nextInt(2));
      lines.add(Lines.line(chain, 1 + random.nextInt(12)));
    }
    List<Entry> line = lines.get(random.nextInt(lines.size()));
    int kept = random.nextInt(line.size() + 1);
    if (random.nextInt(3) == 0) {
      List<Entry> other = new ArrayList<>(line.subList(0, kept));
      other.addAll(Lines.fork(line, kept, 1 + random.nextInt(5), "step" + lines.size()));
      lines.add(other);
      line = other;
    }
    List<Entry> part = new ArrayList<>(line.subList(random.nextInt(line.size()), line.size()));
    if (random.nextInt(9) == 0) {
      part.add(part.get(0));
    }
    return Run.of(part);
  }

  @AfterEach
  void close() {
    store.close();
  }
}
