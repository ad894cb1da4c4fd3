package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.Frontier;
import io.smollama.core.JournalEntry;
import io.smollama.core.JournalException;
import io.smollama.core.JournalPage;
import io.smollama.core.ReplicaId;
import io.smollama.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {
  @TempDir Path folder;

  @Test
  void exampleOfThePackage() {
    ReplicaSetup garden = ReplicaSetup.ofThisMachine("garden");
    try (SqliteJournal journal = SqliteJournal.open(folder.resolve("data/journal.db"), garden)) {
      journal.append(ChainId.KNOWLEDGE, "obs.add", "{\"text\":\"The soil is dry\"}");
      assertThat(journal.above(Frontier.EMPTY, 100).entries())
          .extracting(JournalEntry::type)
          .containsExactly("ctl.genesis", "obs.add");
      assertThat(journal.verify().isClean()).isTrue();
    }
  }

  @Test
  void firstEntryIsGenesis() {
    try (SqliteJournal journal = Setups.open(folder)) {
      JournalEntry first = journal.above(Frontier.EMPTY, 10).entries().get(0);
      assertThat(first.type()).isEqualTo("ctl.genesis");
      assertThat(first.chain()).isEqualTo(new ChainId(journal.origin(), ChainId.CONTROL));
      assertThat(first.payload())
          .isEqualTo(
              "{\"node\":\"garden\",\"version\":\"0.1.0\",\"incarnation\":1,"
                  + "\"reason\":\"first-start\"}");
    }
  }

  @Test
  void writesAllFieldsOfTheHeader() {
    try (SqliteJournal journal = Setups.open(folder)) {
      journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
    }
    try (SqliteJournal journal = Setups.open(folder)) {
      journal.append(ChainId.KNOWLEDGE, "mem.add", "{}");
      List<Entry> entries = journal.entriesAbove(Frontier.EMPTY, 10).entries();
      EntryHeader second = entries.get(2).header();
      assertThat(second.prev()).isEqualTo(entries.get(1).id());
      assertThat(entries.get(1).header().prev()).isEqualTo(EntryHeader.GENESIS);
      assertThat(second.lamport()).isEqualTo(3);
      assertThat(second.boot()).isEqualTo(2);
      assertThat(second.mono()).isEqualTo(123_456);
      assertThat(second.wall()).contains(new ManualClock().instant());
      assertThat(second.quality()).isEqualTo(ClockQuality.NTP);
      assertThat(entries.get(2).id()).isEqualTo(EntryLayout.idOf(second));
    }
  }

  @Test
  void pagesRunThroughChainsInOrder() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (SqliteJournal journal = Setups.open(folder)) {
        for (int stream : new int[] {3, 1, 200, 1}) {
          journal.append(stream, "obs.add", "{\"i\":" + i + "}");
        }
      }
      Files.delete(folder.resolve("replica.json"));
    }
    try (SqliteJournal journal = Setups.open(folder)) {
      List<Entry> all = journal.entriesAbove(Frontier.EMPTY, 1_000).entries();
      assertThat(all).hasSize(3 * 5 + 1);
      assertThat(all)
          .isSortedAccordingTo(
              (a, b) -> {
                int byChain = a.header().chain().compareTo(b.header().chain());
                return byChain != 0 ? byChain : Long.compare(a.header().seq(), b.header().seq());
              });
      List<JournalEntry> paged = new ArrayList<>();
      Frontier known = Frontier.EMPTY;
      JournalPage page = journal.above(known, 4);
      while (!page.isEmpty()) {
        assertThat(page.entries()).hasSize(Math.min(4, all.size() - paged.size()));
        known = page.frontier();
        paged.addAll(page.entries());
        page = journal.above(known, 4);
      }
      assertThat(paged).containsExactlyElementsOf(all.stream().map(Entry::toJournalEntry).toList());
      assertThat(known).isEqualTo(journal.frontier());
      assertThat(journal.verify()).isEqualTo(new VerifyReport(16, List.of()));
    }
  }

  @Test
  void keepsBytesThatAreNoTextAndEntriesWithoutPayload() throws SQLException {
    byte[] odd = {'"', (byte) 0xff, 0, (byte) 0xc3, '"'};
    Entry whole = Entry.of(EntryTest.header(odd), odd);
    ChainId chain = whole.header().chain();
    try (SqliteJournal journal = Setups.open(folder)) {
      assertThat(journal.replica().takeIn(List.of(Run.of(List.of(whole))), Long.MAX_VALUE))
          .containsExactly(new Verdict.Ok());
      assertThat(entries(journal, chain)).containsExactly(whole);
      assertThat(journal.verify()).isEqualTo(new VerifyReport(2, List.of()));
      Setups.sql(
          folder,
          "UPDATE entry SET payload = NULL, payload_hash = x'%s' WHERE id = x'%s'"
              .formatted(whole.header().payloadHash(), whole.id()));
      assertThat(entries(journal, chain)).containsExactly(Entry.redacted(whole.header()));
      assertThat(journal.verify()).isEqualTo(new VerifyReport(2, List.of()));
    }
  }

  private static List<Entry> entries(SqliteJournal journal, ChainId chain) {
    return journal.entriesAbove(Frontier.EMPTY, 100).entries().stream()
        .filter(entry -> entry.header().chain().equals(chain))
        .toList();
  }

  @Test
  void halfASurrogatePairIsStoredAsQuestionMark() {
    try (SqliteJournal journal = Setups.open(folder)) {
      JournalEntry entry = journal.append(ChainId.KNOWLEDGE, "obs.add", "\"cut \ud83c\"");
      assertThat(entry.payload()).isEqualTo("\"cut ?\"");
      assertThat(journal.above(Frontier.EMPTY, 9).entries()).contains(entry);
      assertThat(journal.verify().isClean()).isTrue();
    }
  }

  @Test
  void appendsOnAnInterruptedThread() {
    try (SqliteJournal journal = Setups.open(folder)) {
      Thread.currentThread().interrupt();
      for (int i = 0; i < 2 * ReplicaState.LEASE; i++) {
        journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
      }
      assertThat(Thread.interrupted()).isTrue();
      assertThat(journal.verify().isClean()).isTrue();
    }
  }

  @Test
  void secondJournalOfAFolderIsRefused() {
    try (SqliteJournal journal = Setups.open(folder)) {
      assertThatThrownBy(() -> Setups.open(folder))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("open already");
      journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
    }
    Setups.open(folder).close();
  }

  @Test
  void closedJournalSaysSo() {
    SqliteJournal journal = Setups.open(folder);
    journal.close();
    journal.close();
    assertThatThrownBy(() -> journal.append(1, "obs.add", "{}"))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(journal::frontier).hasMessageContaining("closed");
    assertThatThrownBy(journal::verify).hasMessageContaining("closed");
  }

  @Test
  void failedAppendLeavesNoTrace() throws SQLException {
    try (SqliteJournal journal = Setups.open(folder)) {
      journal.append(1, "obs.add", "{}");
      Setups.sql(
          folder,
          "CREATE TRIGGER full BEFORE UPDATE ON branch BEGIN SELECT RAISE(ABORT, 'no'); END");
      Frontier before = journal.frontier();
      assertThatThrownBy(() -> journal.append(1, "obs.add", "{}"))
          .isInstanceOf(JournalException.class);
      assertThat(journal.frontier()).isEqualTo(before);
      assertThat(journal.verify()).isEqualTo(new VerifyReport(2, List.of()));
      Setups.sql(folder, "DROP TRIGGER full");
      assertThat(journal.append(1, "obs.add", "{}").seq()).isEqualTo(2);
      assertThat(journal.verify().isClean()).isTrue();
    }
  }

  @Test
  void noNumberIsUsedThatIsNotLeased() throws Exception {
    Path inTheWay = folder.resolve("replica.json.tmp");
    SqliteJournal journal = Setups.open(folder);
    ReplicaId origin = journal.origin();
    Files.createDirectory(inTheWay);
    assertThatThrownBy(() -> journal.append(1, "obs.add", "{}"))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("replica.json")
        .hasMessageContaining("cannot be");
    assertThat(journal.above(Frontier.EMPTY, 9).entries()).hasSize(1);
    Files.delete(inTheWay);
    assertThat(journal.append(1, "obs.add", "{}").seq()).isEqualTo(1);

    Files.createDirectory(inTheWay);
    assertThatThrownBy(journal::close).hasMessageContaining("replica.json");
    Files.delete(inTheWay);
    try (SqliteJournal again = Setups.open(folder)) {
      assertThat(again.origin()).isEqualTo(origin);
    }
  }

  @Test
  void commitsReachTheDiskBeforeTheyReturn() throws SQLException {
    Setups.open(folder).close();
    try (Connection writer = JournalDatabase.openWriter(Setups.database(folder));
        Statement statement = writer.createStatement()) {
      assertThat(statement.executeQuery("PRAGMA synchronous").getInt(1)).isEqualTo(2);
      assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1)).isEqualTo("wal");
    }
  }

  @Test
  void databaseIsMarkedAsJournal() throws Exception {
    Setups.open(folder).close();
    byte[] head = Files.readAllBytes(Setups.database(folder));
    assertThat(new String(head, 68, 4, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("SmLj");
    assertThat(head[63]).isEqualTo((byte) JournalSchema.VERSION);
  }
}
