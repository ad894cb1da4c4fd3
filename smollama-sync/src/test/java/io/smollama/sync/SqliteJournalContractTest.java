package io.smollama.sync;

import io.smollama.core.Journal;
import io.smollama.testkit.JournalContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalContractTest extends JournalContract {
  @TempDir Path folder;

  @Override
  protected Journal open(InstantSource clock) {
    return SqliteJournal.open(Setups.database(folder), Setups.of(clock, "board=one"));
  }
}
