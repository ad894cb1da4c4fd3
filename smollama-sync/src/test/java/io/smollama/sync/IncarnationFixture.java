package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A folder with a journal, and another to which it is copied or from which it is restored. */
abstract class IncarnationFixture {
  @TempDir Path folder;
  @TempDir Path elsewhere;

  static ReplicaId session(Path folder, int entries) {
    return session(folder, entries, "board=one");
  }

  static ReplicaId session(Path folder, int entries, String fingerprint) {
    try (SqliteJournal journal = Setups.open(folder, fingerprint)) {
      append(journal, entries);
      return journal.origin();
    }
  }

  static void append(SqliteJournal journal, int entries) {
    for (int i = 0; i < entries; i++) {
      journal.append(ChainId.KNOWLEDGE, "obs.add", "{}");
    }
  }

  static JournalEntry genesis(SqliteJournal journal) {
    ChainId control = new ChainId(journal.origin(), ChainId.CONTROL);
    return journal.above(Frontier.EMPTY, 1_000).entries().stream()
        .filter(entry -> entry.chain().equals(control))
        .findFirst()
        .orElseThrow();
  }
}
