package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnwritableHistoryTest extends HistoryFixture {
  /** From now on nothing can be written, as on a full disk. */
  private void fill(String raise) throws SQLException {
    sql(
        "CREATE TRIGGER full BEFORE INSERT ON staged BEGIN SELECT RAISE(%s, 'no room'); END"
            .formatted(raise));
  }

  @Test
  void whatCannotBeWrittenWaitsAndSaysWhy() throws Exception {
    history.append(List.of(at(0, 1)));
    fill("ABORT");
    assertThatThrownBy(history::flush).hasMessageContaining("no room");
    assertThat(history.failure()).contains("no room");
    assertThat(history.latest(HALL).orElseThrow().value().text()).isEqualTo("1");
    sql("DROP TRIGGER full");
    history.flush();
    assertThat(history.failure()).isEmpty();
    assertThat(history.count()).isEqualTo(1);
  }

  @Test
  void aTransactionThatSqliteEndedItselfIsNamedByItsCause() throws Exception {
    history.append(List.of(at(0, 1)));
    // As a full disk does: the statement fails and SQLite itself rolls back.
    fill("ROLLBACK");
    assertThatThrownBy(history::flush).hasMessageContaining("no room");
    sql("DROP TRIGGER full");
    history.flush();
    assertThat(history.count()).isEqualTo(1);
  }

  @Test
  void whatWaitsForAFullDiskIsBoundedAndCounted() throws Exception {
    fill("ABORT");
    List<Reading> many = new ArrayList<>();
    for (int i = 0; i < StagedReadings.MOST_WAITING + 5; i++) {
      many.add(at(i, i));
    }
    history.append(many);
    assertThatThrownBy(history::flush).hasMessageContaining("no room");
    assertThat(history.dropped()).isEqualTo(5);
    sql("DROP TRIGGER full");
    history.flush();
    assertThat(history.count()).isEqualTo(StagedReadings.MOST_WAITING);
    assertThat(all().get(0).value().text()).isEqualTo("5");
  }
}
