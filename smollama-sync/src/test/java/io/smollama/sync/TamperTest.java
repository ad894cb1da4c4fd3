package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.sync.VerifyReport.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TamperTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payload = x'7b7e'                      | payload does not hash",
        "type = 'obs.adt'                       | header does not hash",
        "mono = mono + 1                        | header does not hash",
        "boot = boot + 1                        | header does not hash",
        "wall = NULL                            | header does not hash",
        "quality = 0                            | header does not hash",
        "flags = 1                              | header does not hash",
        "lamport = 2                            | Lamport timestamp does not rise",
        "prev = zeroblob(32)                    | prev is not the id",
        "payload_hash = zeroblob(32)            | payload does not hash",
        "payload_hash = x'00'                   | holds what no entry can",
        "version = 9                            | version 9",
        "id = zeroblob(32)                      | header does not hash",
        "prev = 'text'                          | holds what no entry can",
      })
  void changedRowIsNamed(String change, String what) throws Exception {
    try (SqliteJournal journal = journalOfFive()) {
      Setups.sql(folder, "UPDATE entry SET " + change + " WHERE stream = 1 AND seq = 3");
      VerifyReport report = journal.verify();
      assertThat(report.entriesChecked()).isEqualTo(6);
      assertThat(report.problems())
          .anySatisfy(
              problem -> {
                assertThat(problem.origin()).isEqualTo(journal.replica().hex());
                assertThat(problem.stream()).isEqualTo(ChainId.KNOWLEDGE);
                assertThat(problem.seq()).isEqualTo(3);
                assertThat(problem.what()).contains(what);
              })
          .allMatch(problem -> problem.seq() == 3 || problem.seq() == 4);
    }
  }

  @Test
  void rewrittenEntryIsBetrayedByItsSuccessor() throws Exception {
    try (SqliteJournal journal = journalOfFive()) {
      Entry third = journal.entriesAbove(io.smollama.core.Frontier.EMPTY, 10).get(3);
      EntryHeader h = third.header();
      EntryHeader forged =
          new EntryHeader(
              1,
              h.chain(),
              3,
              h.prev(),
              h.lamport(),
              h.boot(),
              99,
              h.wall(),
              h.quality(),
              h.type(),
              0,
              h.payloadHash());
      Setups.sql(
          folder,
          "UPDATE entry SET mono = 99, id = x'%s' WHERE stream = 1 AND seq = 3"
              .formatted(EntryLayout.idOf(forged)));
      assertThat(journal.verify().problems())
          .containsExactly(
              new Problem(journal.replica().hex(), 1, 4, "prev is not the id of the entry before"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM entry WHERE stream = 1 AND seq = 3 | 4 | entry 3 was expected",
        "DELETE FROM entry WHERE stream = 1 AND seq = 5 | 5 | frontier is not",
        "UPDATE head SET seq = 4 WHERE stream = 1       | 4 | frontier is not",
        "UPDATE head SET id = zeroblob(32) WHERE stream = 1 | 5 | frontier is not",
        "DELETE FROM head WHERE stream = 1              | 0 | frontier is not",
        "DELETE FROM entry WHERE stream = 1             | 5 | frontier is not",
      })
  void missingRowIsNamed(String change, long seq, String what) throws Exception {
    try (SqliteJournal journal = journalOfFive()) {
      Setups.sql(folder, change);
      List<Problem> problems = journal.verify().problems();
      assertThat(problems).singleElement();
      assertThat(problems.get(0).stream()).isEqualTo(1);
      assertThat(problems.get(0).seq()).isEqualTo(seq);
      assertThat(problems.get(0).what()).contains(what);
    }
  }

  @Test
  void lamportClockBehindItsEntriesIsNamed() throws Exception {
    try (SqliteJournal journal = journalOfFive()) {
      Setups.sql(folder, "UPDATE meta SET lamport = 5");
      assertThat(journal.verify().problems()).singleElement().asString().contains("Lamport clock");
    }
  }

  private SqliteJournal journalOfFive() {
    SqliteJournal journal = Setups.open(folder);
    for (int i = 0; i < 5; i++) {
      journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
    }
    return journal;
  }
}
