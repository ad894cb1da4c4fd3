package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.sync.Change.Added;
import io.smollama.sync.Change.ChainChange;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes over one log, in one process with stores and connections of their own. */
class PostgresRaceTest {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final String DEADLOCKS =
      "SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'";

  @ParameterizedTest
  @ValueSource(strings = {"TRANSACTION_READ_COMMITTED", "TRANSACTION_SERIALIZABLE"})
  void noNumberIsIssuedTwiceAndNothingIsLost(String isolation) throws Exception {
    List<PostgresLogStore> stores = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      HikariDataSource pool =
          POSTGRES.connections(config -> config.setTransactionIsolation(isolation));
      stores.add(PostgresLogStore.open(pool, POSTGRES.group(), PostgresExtension.ONE));
    }
    try (LogLoad load = new LogLoad(stores)) {
      load.awaitMore(1_000);
      load.stop();
      if (isolation.equals("TRANSACTION_READ_COMMITTED")) {
        assertThat(load.failures()).isZero();
      }
      assertThat(SoundLog.check(stores.get(0))).containsAll(load.acknowledged());
      assertThat(load.appended()).extracting(entry -> entry.header().seq()).doesNotHaveDuplicates();
    }
    assertThat(POSTGRES.number(DEADLOCKS)).isZero();
  }

  @Test
  void processesThatStartAtOnceAgreeOnWhoWrites() throws Exception {
    POSTGRES.sql(
        "DROP TABLE IF EXISTS smollama_schema, smollama_log, smollama_clock, smollama_token,"
            + " smollama_chain, smollama_entry, smollama_refused");
    List<Callable<PostgresLogStore>> openings = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      HikariDataSource pool = POSTGRES.connections();
      Self self = new Self(Lines.replicaId(i), 1, 0);
      openings.add(() -> PostgresLogStore.open(pool, POSTGRES.group(), self));
    }
    List<PostgresLogStore> stores = all(openings);
    assertThat(stores).extracting(LogStore::self).containsOnly(stores.get(0).self());
    assertThat(stores).extracting(PostgresLogStore::boot).doesNotHaveDuplicates();
  }

  @Test
  void serversIntroduceTheirOriginOnce() throws Exception {
    List<PostgresLogStore> stores = List.of(POSTGRES.store(), POSTGRES.store(), POSTGRES.store());
    List<Callable<Boolean>> introductions = new ArrayList<>();
    for (PostgresLogStore store : stores) {
      introductions.add(
          () -> {
            store.introduce("llama", Lines.NOW);
            return true;
          });
    }
    all(introductions);
    stores.get(0).introduce("llama", Lines.NOW);
    ChainId control = new ChainId(PostgresExtension.ONE.origin(), ChainId.CONTROL);
    assertThat(stores.get(0).entries(control, Branch.TRUNK, 0, 9))
        .singleElement()
        .satisfies(entry -> assertThat(entry.header().type()).isEqualTo(Genesis.TYPE));
  }

  @Test
  void chainsInOppositeOrdersDoNotBlockEachOther() throws Exception {
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      boolean backwards = i % 2 == 0;
      PostgresLogStore store = POSTGRES.store();
      writers.add(() -> appendToAll(store, backwards));
    }
    assertThat(all(writers)).allMatch(taken -> taken >= 0);
    assertThat(SoundLog.check(POSTGRES.store())).hasSizeGreaterThanOrEqualTo(8 * 30);
    assertThat(POSTGRES.number(DEADLOCKS)).isZero();
  }

  @Test
  void newChainsInOppositeOrdersDoNotBlockEachOther() throws Exception {
    List<Callable<Integer>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      boolean backwards = i % 2 == 0;
      PostgresLogStore store = POSTGRES.store();
      writers.add(
          () -> {
            int taken = 0;
            for (int chain = 100; chain < 900; chain += 20) {
              taken += appendToEach(store, chain, chain + 20, backwards) ? 1 : 0;
            }
            return taken;
          });
    }
    assertThat(all(writers).stream().mapToInt(taken -> taken).sum()).isGreaterThanOrEqualTo(40);
    assertThat(SoundLog.check(POSTGRES.store())).hasSizeGreaterThanOrEqualTo(800);
    assertThat(POSTGRES.number(DEADLOCKS)).isZero();
  }

  /** Adds an entry to each of eight chains in one commit, until each has 30. */
  private static int appendToAll(LogStore store, boolean backwards) {
    int taken = 0;
    while (store.chain(Lines.chain(17)).highest() < 30) {
      taken += appendToEach(store, 10, 18, backwards) ? 1 : 0;
    }
    return taken;
  }

  private static boolean appendToEach(LogStore store, int from, int to, boolean backwards) {
    List<ChainChange> changes = new ArrayList<>();
    for (int chain = from; chain < to; chain++) {
      ChainState before = store.chain(Lines.chain(chain));
      Point head = before.trunk().head();
      List<Entry> next = Lines.after(before.chain(), head, head.seq(), 1, "x");
      Branch trunk = new Branch(Branch.TRUNK, Point.START, Points.of(next.get(0)));
      List<Added> added = List.of(new Added(Branch.TRUNK, next));
      changes.add(new ChainChange(before, before.with(trunk), List.of(), added));
    }
    if (backwards) {
      Collections.reverse(changes);
    }
    return store.commit(Change.of(store.self(), 1, changes));
  }

  @Test
  void aClockThatAnotherProcessRaisedMeanwhileIsNotLowered() throws Exception {
    PostgresLogStore store = POSTGRES.store();
    Change lower = Change.of(PostgresExtension.ONE, 50, List.of());
    assertThat(commitWhile("UPDATE smollama_clock SET lamport = 100", store, lower)).isTrue();
    assertThat(store.self().lamport()).isEqualTo(100);
    String lowest = "SELECT min(lamport) FROM smollama_clock WHERE group_id = ";
    assertThat(POSTGRES.number(lowest + POSTGRES.group())).isEqualTo(100);
  }

  @Test
  void whatTheDatabaseCouldNotPutInOrderIsDecidedAnew() throws Exception {
    HikariDataSource strict =
        POSTGRES.connections(
            config -> config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ"));
    PostgresLogStore store = PostgresLogStore.open(strict, POSTGRES.group(), PostgresExtension.ONE);
    List<Entry> line = Lines.line(Lines.chain(2), 2);
    assertThat(store.commit(Lines.adding(store, line.subList(0, 1)))).isTrue();
    Change next = Lines.adding(store, line.subList(1, 2));
    assertThat(commitWhile("UPDATE smollama_chain SET state = state", store, next)).isFalse();
    assertThat(store.commit(next)).isTrue();
  }

  /** Commits a change that has to wait for another transaction, which then commits. */
  private boolean commitWhile(String update, LogStore store, Change change) throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Connection connection = POSTGRES.connections().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(update + " WHERE group_id = " + POSTGRES.group());
      Future<Boolean> commit = thread.submit(() -> store.commit(change));
      String waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
      POSTGRES.cluster().awaitSome(waiting);
      connection.commit();
      return commit.get();
    } finally {
      thread.shutdownNow();
    }
  }

  private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
