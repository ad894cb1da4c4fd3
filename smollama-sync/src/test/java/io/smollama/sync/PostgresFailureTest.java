package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store says of a database that is away, unfit or damaged. */
class PostgresFailureTest {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final List<NewEntry> ONE_ENTRY = List.of(new NewEntry("obs.add", "1"));

  @Test
  void aDatabaseThatIsAwayIsWorthTryingAgain() throws Exception {
    PostgresLogStore store = POSTGRES.store();
    POSTGRES.cluster().kill();
    assertFails(store::self, true, "cannot be reached or broke off");
    assertFails(() -> store.commit(Change.of(PostgresExtension.ONE, 5, List.of())), true, "reach");
    assertThatThrownBy(store::self)
        .message()
        .contains("refused")
        .doesNotContain("Hikari", "total=");
    POSTGRES.cluster().resume();
    assertThat(POSTGRES.store().self().lamport()).isZero();
  }

  @Test
  void tablesOfANewerVersionAreRefused() throws Exception {
    POSTGRES.store();
    POSTGRES.sql("UPDATE smollama_schema SET version = 2");
    assertFails(POSTGRES::store, false, "has tables of version 2, this Smollama reads 1");
    POSTGRES.sql("UPDATE smollama_schema SET version = 1");
    POSTGRES.store();
  }

  @Test
  void aDatabaseThatDoesNotWaitForItsDiskIsRefused() {
    assertFails(
        () ->
            PostgresLogStore.open(
                POSTGRES.connections(
                    config -> config.setConnectionInitSql("SET synchronous_commit = off")),
                POSTGRES.group(),
                PostgresExtension.ONE),
        false,
        "synchronous_commit is off");
  }

  @Test
  void whatTakesNoWritesIsWorthTryingAgain() throws Exception {
    PostgresLogStore store = POSTGRES.store();
    POSTGRES.cluster().set("default_transaction_read_only", "on");
    try {
      assertFails(
          () -> store.commit(Change.of(PostgresExtension.ONE, 5, List.of())), true, "a standby");
    } finally {
      POSTGRES.cluster().set("default_transaction_read_only", "off");
    }
  }

  @Test
  void aCommitThatMayNotHaveReachedTheStandbyIsNotAcknowledged() throws Exception {
    PostgresLogStore store = POSTGRES.store();
    Replica replica = new Replica(store, "server", Lines.freshIds());
    var thread = Executors.newSingleThreadExecutor();
    POSTGRES.cluster().set("synchronous_standby_names", "nobody");
    try {
      Future<?> append = thread.submit(() -> replica.append(1, ONE_ENTRY, Lines.NOW));
      String cancel =
          "SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
      POSTGRES.cluster().awaitSome(cancel);
      assertThatThrownBy(append::get)
          .cause()
          .isInstanceOfSatisfying(JournalException.class, e -> assertThat(e.isRetryable()).isTrue())
          .hasMessageContaining("may not have kept what was written");
    } finally {
      POSTGRES.cluster().set("synchronous_standby_names", "");
      thread.shutdownNow();
    }
    ChainId chain = new ChainId(PostgresExtension.ONE.origin(), 1);
    assertThat(store.chain(chain).highest()).isEqualTo(1);
    assertThat(replica.append(1, ONE_ENTRY, Lines.NOW).get(0).header().seq()).isEqualTo(2);
  }

  @Test
  void aDamagedRowIsNamed() throws Exception {
    PostgresLogStore store = POSTGRES.store();
    store.commit(Lines.adding(store, Lines.line(Lines.chain(2), 1)));
    POSTGRES.sql(
        "UPDATE smollama_entry SET type = 'Not a type' WHERE group_id = " + POSTGRES.group());
    assertFails(
        () -> store.entries(Lines.chain(2), Branch.TRUNK, 0, 9), false, "damaged rows of entries");
    POSTGRES.sql("UPDATE smollama_chain SET state = '\\x01' WHERE group_id = " + POSTGRES.group());
    assertFails(store::chains, false, "damaged rows of chains");
  }

  @Test
  void aGroupThatWasDeletedIsNamed() throws Exception {
    PostgresLogStore store = POSTGRES.store();
    POSTGRES.sql("DELETE FROM smollama_log WHERE group_id = " + POSTGRES.group());
    assertFails(store::self, false, "group " + POSTGRES.group() + " is gone");
  }

  @ParameterizedTest
  @CsvSource({
    "08006, true", "57P01, true", "57P03, true", "53100, true", "53300, true", "40001, true",
    "55P03, true", "25006, true", "28P01, false", "3D000, false", "42501, false", "XX001, false",
    "58030, false", "22021, false"
  })
  void whatIsWorthTryingAgainIsByItsState(String state, boolean retryable) {
    SQLException failure = new SQLException("said\n so", state);
    assertThat(PostgresFailure.of(failure).isRetryable()).isEqualTo(retryable);
    assertThat(PostgresFailure.of(failure)).hasMessageContaining("said so");
    SQLException pool = new SQLTransientConnectionException("timed out", failure);
    assertThat(PostgresFailure.of(pool).isRetryable()).isEqualTo(retryable);
  }

  @Test
  void aPoolThatTimesOutIsWorthTryingAgain() {
    assertThat(PostgresFailure.of(new SQLTransientConnectionException("full")).isRetryable())
        .isTrue();
    assertThat(PostgresFailure.of(new SQLException("odd")).isRetryable()).isFalse();
  }

  private static void assertFails(ThrowingCallable work, boolean retryable, String message) {
    assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            JournalException.class, e -> assertThat(e.isRetryable()).isEqualTo(retryable))
        .hasMessageContaining(message);
  }
}
