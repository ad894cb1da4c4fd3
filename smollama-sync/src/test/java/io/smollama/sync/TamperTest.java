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
  private static final String OF_KNOWLEDGE =
      "branch IN (SELECT branch.number FROM branch JOIN chain ON chain.number = chain WHERE stream = 1)";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "payload = x'7b7e'                      | does not hash  ",
        "type = 'obs.adt'                       | does not hash",
        "mono = mono + 1                        | does not hash",
        "boot = boot + 1                        | does not hash",
        "wall = NULL                            | does not hash",
        "quality = 0                            | does not hash",
        "flags = 1                              | does not hash",
        "lamport = 2                            | Lamport timestamp does not rise",
        "payload = NULL                         | holds what no entry can",
        "payload = NULL, payload_hash = zeroblob(32) | does not hash",
        "payload = NULL, payload_hash = x'00'   | holds what no entry can",
        "id = zeroblob(32)                      | does not hash",
        "id = 'text'                            | holds what no entry can",
        "type = 'Not a type'                    | holds what no entry can",
      })
  void changedRowIsNamed(String change, String what) throws Exception {
    try (SqliteJournal journal = journalOfFive()) {
      Setups.sql(folder, "UPDATE entry SET " + change + " WHERE " + OF_KNOWLEDGE + " AND seq = 3");
      VerifyReport report = journal.verify();
      assertThat(report.entriesChecked()).isEqualTo(6);
      assertThat(report.problems())
          .anySatisfy(
              problem -> {
                assertThat(problem.origin()).isEqualTo(journal.origin().hex());
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
      Entry third = journal.entriesAbove(io.smollama.core.Frontier.EMPTY, 10).entries().get(3);
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
          "UPDATE entry SET mono = 99, id = x'%s' WHERE %s AND seq = 3"
              .formatted(EntryLayout.idOf(forged), OF_KNOWLEDGE));
      assertThat(journal.verify().problems())
          .containsExactly(
              new Problem(
                  journal.origin().hex(),
                  1,
                  4,
                  "what it says, or the entry that it follows, does not hash to its id"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM entry WHERE $ AND seq = 3          | 4 | entry 3 was expected",
        "DELETE FROM entry WHERE $ AND seq = 5          | 5 | frontier is not",
        "UPDATE branch SET head_seq = 4 WHERE head_seq = 5 | 4 | frontier is not",
        "UPDATE branch SET head_id = zeroblob(32) WHERE head_seq = 5 | 5 | frontier is not",
        "DELETE FROM entry WHERE $                      | 5 | frontier is not",
      })
  void missingRowIsNamed(String change, long seq, String what) throws Exception {
    try (SqliteJournal journal = journalOfFive()) {
      Setups.sql(folder, change.replace("$", OF_KNOWLEDGE));
      List<Problem> problems = journal.verify().problems();
      assertThat(problems).singleElement();
      assertThat(problems.get(0).stream()).isEqualTo(1);
      assertThat(problems.get(0).seq()).isEqualTo(seq);
      assertThat(problems.get(0).what()).contains(what);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE entry SET mono = 9 WHERE $ AND seq = 4       | 4 | does not hash",
        "DELETE FROM entry WHERE $ AND seq = 4               | 5 | entry 4 was expected",
        "UPDATE branch SET label = zeroblob(32) WHERE number IN (#) | 3 | named after",
        "UPDATE branch SET parent_id = zeroblob(32) WHERE number IN (#) | 2 | leaves no line",
        "UPDATE branch SET head_seq = 4 WHERE number IN (#)  | 4 | frontier is not",
        "UPDATE entry SET lamport = 2 WHERE $ AND seq = 3    | 3 | does not rise",
        "DELETE FROM branch WHERE number IN (#)              | 3 | belongs to no chain",
      })
  void faultOfABranchIsNamed(String change, long seq, String what) throws Exception {
    List<Entry> line = Lines.line(Lines.chain(2), 3);
    List<Entry> other = Lines.fork(line, 2, 3, "other");
    try (SqliteJournal journal = Setups.open(folder)) {
      for (List<Entry> lines : List.of(line, other)) {
        journal.replica().takeIn(List.of(Run.of(lines)), Long.MAX_VALUE);
      }
      assertThat(journal.verify()).isEqualTo(new VerifyReport(7, List.of()));
      String branch = "SELECT number FROM branch WHERE label = x'" + other.get(0).id().hex() + "'";
      String entries = "branch IN (" + branch + ")";
      Setups.sql(folder, change.replace("$", entries).replace("#", branch));
      assertThat(journal.verify().problems())
          .anySatisfy(
              problem -> {
                assertThat(problem.seq()).isEqualTo(seq);
                assertThat(problem.what()).contains(what);
              });
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
