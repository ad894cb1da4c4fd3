package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ReplicaId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SameIncarnationTest extends IncarnationFixture {
  @Test
  void afterCleanRestart() {
    ReplicaId first = session(folder, 3);
    assertThat(session(folder, 3)).isEqualTo(first);
    assertThat(session(folder, 0)).isEqualTo(first);
  }

  @Test
  void afterCrash() throws Exception {
    try (SqliteJournal journal = Setups.open(folder)) {
      append(journal, 2 * ReplicaState.LEASE + 7);
      Setups.crashImage(folder, elsewhere);
      assertThat(session(elsewhere, 1)).isEqualTo(journal.origin());
    }
  }

  @Test
  void afterCrashAtEveryPointOfALease() throws Exception {
    try (SqliteJournal journal = Setups.open(folder)) {
      for (int i = 0; i < ReplicaState.LEASE + 3; i++) {
        append(journal, 1);
        if (i % 30 == 0 || i >= ReplicaState.LEASE - 2) {
          Path image = Setups.crashImage(folder, elsewhere.resolve("" + i));
          assertThat(session(image, 1)).isEqualTo(journal.origin());
        }
      }
    }
  }

  @Test
  void whenThePowerGoesBetweenDatabaseAndFileAtOpen() throws Exception {
    ReplicaId first = session(folder, 3);
    byte[] file = Files.readAllBytes(folder.resolve("replica.json"));
    SqliteJournal opened = Setups.open(folder);
    Setups.crashImage(folder, elsewhere);
    opened.close();
    Files.write(elsewhere.resolve("replica.json"), file);
    assertThat(session(elsewhere, 1)).isEqualTo(first);
    assertThat(session(elsewhere, 1)).isEqualTo(first);
  }

  @Test
  void whenHardwareShowsLessOrMoreOfItself() {
    ReplicaId first = session(folder, 1, "board=one disk=x net.eth0=a");
    assertThat(session(folder, 1, "board=one disk=x")).isEqualTo(first);
    assertThat(session(folder, 1, HardwareFingerprint.UNKNOWN)).isEqualTo(first);
    assertThat(session(folder, 1, "board=one")).isEqualTo(first);
    assertThat(session(folder, 1, "net.eth0=a")).isEqualTo(first);
    assertThat(session(folder, 1, "net.eth0=b")).isNotEqualTo(first);
  }
}
