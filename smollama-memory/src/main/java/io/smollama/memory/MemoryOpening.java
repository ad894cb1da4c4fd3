package io.smollama.memory;

import io.smollama.core.EmbeddingProvider;
import io.smollama.core.Journal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

/** The ways to open a {@link MemoryStore}. */
final class MemoryOpening {
  private MemoryOpening() {}

  static MemoryStore alone(Path file, EmbeddingProvider embedder, InstantSource clock) {
    Database database = Database.open(file);
    return begun(
        new MemoryStore(
            database,
            new LocalJournal(database, clock),
            Optional.of(embedder),
            clock,
            new MemoryStore.Settings("local", MemoryConfig.defaults())));
  }

  static MemoryStore over(
      Path file,
      Journal journal,
      Optional<EmbeddingProvider> embedder,
      InstantSource clock,
      MemoryStore.Settings settings) {
    Database database = Database.open(file);
    LocalJournal.requireUnused(database);
    return begun(new MemoryStore(database, journal, embedder, clock, settings));
  }

  static MemoryStore readOnly(Path file, InstantSource clock) {
    Database database = Database.openReadOnly(file);
    MemoryStore store =
        new MemoryStore(
            database,
            new LocalJournal(database, clock),
            Optional.empty(),
            clock,
            new MemoryStore.Settings("reader", MemoryConfig.defaults()));
    store.readings().load();
    return store;
  }

  private static MemoryStore begun(MemoryStore store) {
    try {
      store.begin();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
