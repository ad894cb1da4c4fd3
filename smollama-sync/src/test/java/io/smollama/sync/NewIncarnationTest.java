package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.ReplicaId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewIncarnationTest extends IncarnationFixture {
  @Test
  void whenAnOlderDatabaseIsRestored() throws Exception {
    session(folder, 3);
    Path backup = Files.copy(Setups.database(folder), elsewhere.resolve("backup"));
    ReplicaId first = session(folder, 2);
    restore(backup);
    assertNew(first, "database-rewound", first);
  }

  @Test
  void whenAnOlderDatabaseOfTheSameHeadsIsRestored() throws Exception {
    session(folder, 3);
    Path backup = Files.copy(Setups.database(folder), elsewhere.resolve("backup"));
    ReplicaId first = session(folder, 0);
    restore(backup);
    assertNew(first, "database-rewound", first);
  }

  @Test
  void whenACopyOfTheSameBootIsOlderThanTheCleanClose() throws Exception {
    ReplicaId first;
    try (SqliteJournal journal = Setups.open(folder)) {
      first = journal.origin();
      append(journal, 5);
      Setups.sql(folder, "VACUUM INTO '" + elsewhere.resolve("backup") + "'");
      append(journal, 1);
    }
    restore(elsewhere.resolve("backup"));
    assertNew(first, "database-rewound", first);
  }

  @Test
  void whenACopyOfTheSameBootIsOlderThanTheLease() throws Exception {
    ReplicaId first;
    try (SqliteJournal journal = Setups.open(folder)) {
      first = journal.origin();
      append(journal, 5);
      Setups.crashImage(folder, elsewhere);
      append(journal, ReplicaState.LEASE + 10);
      Files.copy(
          folder.resolve("replica.json"),
          elsewhere.resolve("replica.json"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    try (SqliteJournal journal = Setups.open(elsewhere)) {
      assertThat(journal.origin()).isNotEqualTo(first);
      assertThat(genesis(journal).payload()).contains("database-rewound");
    }
  }

  @Test
  void whenReplicaFileIsDeleted() throws Exception {
    ReplicaId first = session(folder, 3);
    Files.delete(folder.resolve("replica.json"));
    assertNew(first, "replica-file-missing", first);
  }

  @Test
  void whenReplicaFileMakesNoSense() throws Exception {
    ReplicaId first = session(folder, 3);
    for (String text : List.of("", "{", "[]", "{\"replicaId\":\"x\"}", "\0\0\0")) {
      Files.writeString(folder.resolve("replica.json"), text);
      first = assertNew(first, "replica-file-missing", first);
    }
  }

  @Test
  void whenReplicaFileIsRewound() throws Exception {
    ReplicaId first = session(folder, 3);
    byte[] old = Files.readAllBytes(folder.resolve("replica.json"));
    session(folder, 1);
    Files.write(folder.resolve("replica.json"), old);
    assertNew(first, "replica-file-rewound", first);
  }

  @Test
  void whenDatabaseIsDeleted() throws Exception {
    ReplicaId first = session(folder, 3);
    Files.delete(Setups.database(folder));
    assertNew(first, "database-missing", first);
  }

  @Test
  void whenDatabaseIsEmptiedAndItsLogLeftBehind() throws Exception {
    ReplicaId first;
    try (SqliteJournal journal = Setups.open(folder)) {
      first = journal.origin();
      append(journal, 3);
      Setups.crashImage(folder, elsewhere);
    }
    Files.write(Setups.database(elsewhere), new byte[0]);
    try (SqliteJournal journal = Setups.open(elsewhere)) {
      assertThat(journal.origin()).isNotEqualTo(first);
      assertThat(genesis(journal).payload()).contains("database-missing");
      assertThat(journal.verify()).isEqualTo(new VerifyReport(1, List.of()));
    }
    assertThat(elsewhere.resolve("journal.db-wal.orphaned")).isNotEmptyFile();
  }

  @Test
  void whenTheFilesNameTwoReplicas() throws Exception {
    ReplicaId ours = session(folder, 3);
    ReplicaId theirs = session(elsewhere, 4);
    restore(Setups.database(elsewhere));
    assertNew(ours, "files-disagree", theirs, ours);
  }

  @Test
  void whenTheMachineIsAnother() {
    ReplicaId first = session(folder, 3, "board=one net.eth0=a");
    try (SqliteJournal journal = Setups.open(folder, "board=two net.eth0=b")) {
      assertThat(journal.origin()).isNotEqualTo(first);
      assertThat(genesis(journal).payload()).contains("hardware-changed");
    }
    ReplicaId second = session(folder, 1, "board=two net.eth0=b");
    assertThat(session(folder, 1, "board=two net.eth0=b")).isEqualTo(second);
  }

  @Test
  void whoIsAskedToGoesOnUnderANewIdAndSaysSinceWhenAndWhy() {
    ReplicaId first = session(folder, 3);
    ReplicaId second;
    try (SqliteJournal journal = Setups.open(folder)) {
      assertThat(journal.replica().incarnation().reason()).isEqualTo("This is the first start");
      append(journal, 2);
      Incarnation now = journal.replica().beginAnew();
      second = journal.origin();
      assertThat(now.origin()).isEqualTo(second).isNotEqualTo(first);
      assertThat(now.number()).isEqualTo(2);
      assertThat(now.predecessors()).containsExactly(first);
      assertThat(now.since()).isPresent();
      assertThat(now.reason()).isEqualTo("Somebody asked for a new identity");
      append(journal, 1);
      assertThat(journal.frontier().tips(new ChainId(first, ChainId.KNOWLEDGE)).highest())
          .isEqualTo(5);
      assertThat(journal.verify().problems()).isEmpty();
    }
    assertThat(session(folder, 1)).isEqualTo(second);
  }

  @Test
  void newIncarnationKeepsOldEntriesAndGoesOnFromTheirLamport() throws Exception {
    session(folder, 3);
    Files.delete(folder.resolve("replica.json"));
    try (SqliteJournal journal = Setups.open(folder)) {
      assertThat(genesis(journal).lamport()).isEqualTo(5);
      assertThat(genesis(journal).seq()).isEqualTo(1);
      assertThat(journal.above(Frontier.EMPTY, 100).entries()).hasSize(5);
      assertThat(genesis(journal).payload()).contains("\"incarnation\":2");
      assertThat(journal.verify().isClean()).isTrue();
    }
  }

  private ReplicaId assertNew(ReplicaId before, String reason, ReplicaId... predecessors) {
    ReplicaId now;
    try (SqliteJournal journal = Setups.open(folder)) {
      now = journal.origin();
      assertThat(now).isNotEqualTo(before);
      assertThat(genesis(journal).payload()).contains("\"reason\":\"" + reason + "\"");
      String names =
          String.join("\",\"", List.of(predecessors).stream().map(ReplicaId::hex).toList());
      assertThat(genesis(journal).payload()).contains("\"predecessors\":[\"" + names + "\"]");
      assertThat(journal.verify().isClean()).isTrue();
    }
    assertThat(session(folder, 1)).isEqualTo(now);
    return now;
  }

  private void restore(Path backup) throws Exception {
    Files.deleteIfExists(folder.resolve("journal.db-wal"));
    Files.copy(backup, Setups.database(folder), StandardCopyOption.REPLACE_EXISTING);
  }
}
