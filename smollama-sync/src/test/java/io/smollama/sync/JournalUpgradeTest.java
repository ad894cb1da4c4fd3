package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.Point;
import io.smollama.sync.ReplicaState.Lease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of version 1, which knew no forks. */
class JournalUpgradeTest {
  private static final Self SELF = new Self(Lines.replicaId(1), 1, 9_999);

  private final List<Entry> entries = new ArrayList<>();

  @TempDir Path folder;

  @BeforeEach
  void writeAsVersion1() throws Exception {
    byte[] odd = {'"', (byte) 0xff, 0, '"'};
    ChainId mine = new ChainId(SELF.origin(), ChainId.KNOWLEDGE);
    List<Entry> knowledge = new ArrayList<>(Lines.line(mine, 30));
    knowledge.add(
        Entry.redacted(
            Lines.entry(mine, Points.of(knowledge.get(29)), 35, "obs.add", "1").header()));
    for (int length = 800; length < 3_400; length += 200) {
      Point head = Points.of(knowledge.get(knowledge.size() - 1));
      knowledge.add(
          Lines.entry(mine, head, 40 + length, "obs.add", "0123456789".repeat(length / 10)));
    }
    List<Entry> strange = List.of(Entry.of(EntryTest.header(odd), odd));
    try (FirstVersionFile file = new FirstVersionFile(Setups.database(folder))) {
      file.writer(SELF, 3);
      for (List<Entry> line : List.of(knowledge, strange, Lines.line(Lines.chain(9), 200))) {
        file.append(line);
        entries.addAll(line);
      }
    }
    entries.sort(
        java.util.Comparator.comparing((Entry entry) -> entry.header().chain())
            .thenComparingLong(entry -> entry.header().seq()));
    closedWith(44);
  }

  private void closedWith(long head) {
    TreeMap<Integer, Lease> leases = new TreeMap<>();
    leases.put(ChainId.KNOWLEDGE, new Lease(head, head));
    ReplicaFile.in(folder).write(new ReplicaState(SELF.origin(), 1, 3, "board=one", leases));
  }

  @Test
  void keepEveryEntryAndTheirWriterWhenTheyAreOpened() throws Exception {
    long before = Files.size(Setups.database(folder));
    try (SqliteJournal journal = Setups.open(folder)) {
      assertThat(journal.origin()).isEqualTo(SELF.origin());
      assertThat(journal.entriesAbove(Frontier.EMPTY, 999).entries()).isEqualTo(entries);
      assertThat(journal.verify()).isEqualTo(new VerifyReport(245, List.of()));
      assertThat(journal.append(ChainId.KNOWLEDGE, "obs.add", "{}").seq()).isEqualTo(45);
      assertThat(journal.verify()).isEqualTo(new VerifyReport(246, List.of()));
    }
    assertThat(Files.size(Setups.database(folder))).isLessThan(before);
    try (SqliteJournal journal = Setups.open(folder)) {
      assertThat(journal.origin()).isEqualTo(SELF.origin());
      Point head = journal.frontier().tips(new ChainId(SELF.origin(), 1)).heads().get(0);
      assertThat(head.seq()).isEqualTo(45);
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("journal.db", "replica.json", "replica.lock");
    }
  }

  @Test
  void areBroughtUpWithTheLogThatACrashLeftAndAfterAnAttemptThatWasCut() throws Exception {
    Path crashed = folder.resolve("crashed");
    try (FirstVersionFile file =
        new FirstVersionFile(Files.createDirectory(crashed).resolve("j"))) {
      file.writer(SELF, 3);
      file.append(Lines.line(new ChainId(SELF.origin(), ChainId.KNOWLEDGE), 44));
      for (String name : List.of("", "-wal")) {
        Files.copy(
            crashed.resolve("j" + name),
            crashed.resolve("journal.db" + name),
            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    assertThat(crashed.resolve("journal.db-wal")).isNotEmptyFile();
    Files.write(crashed.resolve("journal.db.new"), new byte[] {1, 2, 3});
    Files.copy(folder.resolve("replica.json"), crashed.resolve("replica.json"));
    try (SqliteJournal journal = Setups.open(crashed)) {
      assertThat(journal.origin()).isEqualTo(SELF.origin());
      assertThat(journal.verify()).isEqualTo(new VerifyReport(44, List.of()));
    }
  }

  @Test
  void stayAsTheyAreIfTheyDoNotHangTogether() throws Exception {
    Setups.sql(folder, "DELETE FROM head WHERE origin = x'" + Lines.replicaId(9) + "'");
    Setups.sql(folder, "PRAGMA journal_mode = DELETE");
    byte[] before = Files.readAllBytes(Setups.database(folder));
    assertThatThrownBy(() -> Setups.open(folder))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("journal.db: is damaged (245 entries, 45 in chains)");
    assertThat(Files.readAllBytes(Setups.database(folder))).isEqualTo(before);
    assertThat(folder.resolve("journal.db.new")).doesNotExist();
  }

  @Test
  void areNotChangedByWhoOnlyLooks() throws Exception {
    byte[] before = Files.readAllBytes(Setups.database(folder));
    assertThatThrownBy(() -> SqliteJournal.verify(Setups.database(folder)))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("is of an older form; open it once");
    assertThat(Files.readAllBytes(Setups.database(folder))).isEqualTo(before);
  }

  @Test
  void keepTheFaultsOfWhatTheyHold() throws Exception {
    Setups.sql(
        folder,
        "UPDATE entry SET payload = x'7b7d' WHERE seq = 3 AND origin = x'"
            + Lines.replicaId(9)
            + "'");
    try (SqliteJournal journal = Setups.open(folder)) {
      assertThat(journal.verify().problems())
          .extracting(VerifyReport.Problem::seq)
          .containsExactly(3L);
    }
  }
}
