package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import io.smollama.sync.LogRetention.Keep;
import io.smollama.sync.LogRetention.Released;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogRetentionTest extends SharedReplicaFixture {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
  private SqliteJournal node;
  private SqliteJournal server;
  private LogRetention retention;

  @BeforeEach
  void open() {
    node = SqliteJournal.open(Setups.database(folder), Setups.of(clock, "board=one"));
    server = SqliteJournal.open(Setups.database(elsewhere), Setups.of(clock, "board=two"));
    retention = new LogRetention(node.replica(), Map.of(ChainId.READINGS, new Keep(WEEK, 2_000)));
  }

  @AfterEach
  void close() {
    node.close();
    server.close();
  }

  @Test
  void whatIsOldAndHeldByThePeerGoesEverywhere() {
    write(Duration.ofDays(10));
    exchange(node.replica(), server.replica());
    assertThat(retention.apply(Optional.of(node.frontier()), clock.instant()))
        .isEqualTo(new Released(3 * 96, 0));
    assertThat(held(node)).isEqualTo(7 * 96);

    exchange(node.replica(), server.replica());
    assertThat(held(server)).isEqualTo(10 * 96);
    new LogRetention(server.replica(), Map.of()).apply(Optional.empty(), clock.instant());
    assertThat(held(server)).isEqualTo(7 * 96);
    assertThat(server.frontier()).isEqualTo(node.frontier());
    assertThat(node.verify().problems()).isEmpty();
  }

  @Test
  void whatNoPeerIsKnownToHoldStays() {
    write(Duration.ofDays(10));
    Frontier agreed = node.frontier();
    write(Duration.ofDays(10));
    assertThat(retention.apply(Optional.empty(), clock.instant())).isEqualTo(new Released(0, 0));
    assertThat(retention.apply(Optional.of(agreed), clock.instant()))
        .isEqualTo(new Released(10 * 96, 0));
    assertThat(held(node)).isEqualTo(10 * 96);
  }

  @Test
  void theOldestGoIfTooManyWaitAndThatIsTold() {
    write(Duration.ofDays(30));
    assertThat(retention.apply(Optional.empty(), clock.instant()))
        .isEqualTo(new Released(0, 30 * 96 - 2_000));
    assertThat(held(node)).isEqualTo(2_000);
  }

  @Test
  void aClockThatIsFarAheadLosesNothing() {
    write(Duration.ofDays(10));
    Instant wrong = clock.instant().plus(Duration.ofDays(30_000));
    assertThat(retention.apply(Optional.empty(), wrong)).isEqualTo(new Released(0, 0));
    assertThat(held(node)).isEqualTo(960);
  }

  @Test
  void theLastEntryAndAFewThatAreNotWorthACutStay() {
    write(Duration.ofDays(10));
    clock.advance(Duration.ofDays(100));
    retention.apply(Optional.of(node.frontier()), clock.instant());
    assertThat(held(node)).isEqualTo(1);
    write(Duration.ofHours(2));
    clock.advance(Duration.ofDays(100));
    retention.apply(Optional.of(node.frontier()), clock.instant());
    assertThat(held(node)).isEqualTo(9);
  }

  @Test
  void knowledgeIsNeverCut() {
    assertThatThrownBy(
            () -> new LogRetention(node.replica(), Map.of(ChainId.KNOWLEDGE, new Keep(WEEK, 100))))
        .hasMessage("Stream 1 is never cut");
  }

  private void write(Duration howLong) {
    for (Duration passed = Duration.ZERO;
        passed.compareTo(howLong) < 0;
        passed = passed.plus(QUARTER)) {
      node.replica().append(ChainId.READINGS, List.of(new NewEntry("reading.batch", "{}")));
      clock.advance(QUARTER);
    }
  }

  private long held(SqliteJournal journal) {
    return journal.replica().store().chain(new ChainId(node.origin(), ChainId.READINGS)).size();
  }
}
