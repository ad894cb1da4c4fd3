package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What processes over one log see of each other when who writes changes. */
class PostgresSuccessionTest {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  @Test
  void anOwnChainWaitsForASuccessionAndOthersDoNot() throws Exception {
    PostgresLogStore store = POSTGRES.store();
    HikariDataSource impatient =
        POSTGRES.connections(config -> config.setConnectionInitSql("SET lock_timeout = '200ms'"));
    PostgresLogStore other = PostgresLogStore.open(impatient, POSTGRES.group(), store.self());
    Replica replica = new Replica(other, "server", Lines.freshIds());
    try (Connection connection = POSTGRES.connections().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "UPDATE smollama_log SET incarnation = 2 WHERE group_id = " + POSTGRES.group());
      List<Entry> line = Lines.line(Lines.chain(2), 3);
      assertThat(replica.takeIn(List.of(Run.of(line)), Long.MAX_VALUE, Lines.NOW))
          .containsExactly(new Verdict.Ok());
      assertThatThrownBy(() -> replica.append(1, List.of(new NewEntry("obs.add", "1")), Lines.NOW))
          .isInstanceOfSatisfying(
              JournalException.class, e -> assertThat(e.isRetryable()).isTrue());
      connection.rollback();
    }
    assertThat(replica.append(1, List.of(new NewEntry("obs.add", "1")), Lines.NOW)).hasSize(1);
  }

  @Test
  void aSuccessionOfOneProcessIsThatOfAll() {
    PostgresLogStore one = POSTGRES.store();
    PostgresLogStore two = POSTGRES.store();
    Replica first = new Replica(one, "server", Lines.freshIds());
    Replica second = new Replica(two, "server", Lines.freshIds());
    Entry old = second.append(1, List.of(new NewEntry("obs.add", "1")), Lines.NOW).get(0);
    Self before = two.self();
    List<Entry> unknown = Lines.line(new ChainId(before.origin(), ChainId.KNOWLEDGE), 1);
    first.takeIn(List.of(Run.of(unknown)), Long.MAX_VALUE, Lines.NOW);
    Entry next = second.append(1, List.of(new NewEntry("obs.add", "2")), Lines.NOW).get(0);
    assertThat(next.header().chain().origin()).isNotEqualTo(old.header().chain().origin());
    assertThat(two.self().incarnation()).isEqualTo(2);
    assertThat(two.commit(new Change(before.origin(), 99, Optional.empty(), List.of(), List.of())))
        .isFalse();
  }

  @Test
  void groupsOfOneDatabaseDoNotSeeEachOther() {
    PostgresLogStore one = POSTGRES.store();
    PostgresLogStore other =
        PostgresLogStore.open(POSTGRES.connections(), -1, new Self(Lines.replicaId(7), 1, 5));
    List<Entry> line = Lines.line(Lines.chain(2), 3);
    assertThat(one.commit(Lines.adding(one, line))).isTrue();
    assertThat(other.chains()).isEmpty();
    assertThat(other.self()).isEqualTo(new Self(Lines.replicaId(7), 1, 5));
    assertThat(other.commit(Lines.adding(other, line))).isTrue();
    assertThat(other.entries(Lines.chain(2), Branch.TRUNK, 0, 9)).isEqualTo(line);
  }
}
