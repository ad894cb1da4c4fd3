package io.smollama.memory;

import io.smollama.core.Journal;
import io.smollama.testkit.JournalContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class LocalJournalTest extends JournalContract {
  @TempDir Path folder;
  private Database database;

  @Override
  protected Journal open(InstantSource clock) {
    database = Database.open(folder.resolve("alone.sqlite"));
    return new LocalJournal(database, clock);
  }

  @AfterEach
  void closeFile() {
    database.close();
  }
}
