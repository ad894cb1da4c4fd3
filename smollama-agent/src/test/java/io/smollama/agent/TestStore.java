package io.smollama.agent;

import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryStore;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.util.Optional;

/** The memory of a node {@code pi} in a real file, without embeddings. */
final class TestStore {
  private TestStore() {}

  static MemoryStore open(Path folder, ManualClock clock) {
    return MemoryStore.open(
        folder.resolve("memory.sqlite"),
        new InMemoryJournal(clock),
        Optional.empty(),
        clock,
        new MemoryStore.Settings("pi", MemoryConfig.defaults()));
  }
}
