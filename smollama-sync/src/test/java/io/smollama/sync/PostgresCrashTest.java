package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.smollama.core.EntryId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database is killed while servers commit through it. */
class PostgresCrashTest {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  @Test
  void nothingAcknowledgedIsLostWhenTheDatabaseIsKilledInMidCommit() throws Exception {
    try (LogLoad load = new LogLoad(List.of(POSTGRES.store(), POSTGRES.store()))) {
      for (int round = 0; round < 3; round++) {
        load.awaitMore(300);
        POSTGRES.cluster().kill();
        POSTGRES.cluster().resume();
      }
      load.awaitMore(300);
      load.stop();
      assertThat(load.failures()).isPositive();
      assertSound(POSTGRES.store(), load);
    }
  }

  /** A standby that does not answer keeps commits waiting, whose outcome nobody is ever told. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(60)
  void serversGoOnWithAStandbyWhenThePrimaryIsKilled(boolean hangs) throws Exception {
    try (PostgresCluster primary = PostgresCluster.start();
        PostgresCluster standby = PostgresCluster.standbyOf(primary, "second")) {
      primary.set("synchronous_standby_names", "second");
      List<PostgresCluster> both = List.of(primary, standby);
      try (HikariDataSource one = PostgresCluster.connections(both, config -> {});
          HikariDataSource two = PostgresCluster.connections(both, config -> {});
          LogLoad load = new LogLoad(List.of(open(one), open(two)))) {
        load.awaitMore(1_000);
        if (hangs) {
          standby.signal("STOP");
          primary.awaitSome("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        }
        primary.kill();
        Set<EntryId> before = Set.copyOf(load.acknowledged());
        standby.signal("CONT");
        standby.promote();
        load.awaitMore(1_000);
        load.stop();
        assertThat(load.failures()).isPositive();
        assertThat(load.acknowledged()).hasSizeGreaterThan(before.size());
        assertSound(open(two), load);
      }
    }
  }

  private static PostgresLogStore open(HikariDataSource connections) {
    return PostgresLogStore.open(connections, 1, PostgresExtension.ONE);
  }

  private static void assertSound(LogStore store, LogLoad load) {
    assertThat(SoundLog.check(store)).containsAll(load.acknowledged());
    assertThat(load.appended()).extracting(entry -> entry.header().seq()).doesNotHaveDuplicates();
    long lamport = store.self().lamport();
    assertThat(load.appended()).allMatch(entry -> entry.header().lamport() <= lamport);
  }
}
