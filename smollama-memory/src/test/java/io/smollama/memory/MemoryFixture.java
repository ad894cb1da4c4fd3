package io.smollama.memory;

import io.smollama.core.EmbeddingProvider;
import io.smollama.core.SourceId;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A store over a journal of its own, open from before a test until after it. */
abstract class MemoryFixture {
  static final SourceId LOAD = SourceId.parse("system:load_avg");

  @TempDir Path folder;
  final ManualClock clock = new ManualClock();
  InMemoryJournal journal = new InMemoryJournal(clock);
  Optional<EmbeddingProvider> embedder = Optional.of(new WordEmbeddings(128));
  MemoryStore store;

  /** Opens it, or opens it again once it is closed. */
  @BeforeEach
  void open() {
    store = open(file());
  }

  @AfterEach
  void close() {
    store.close();
  }

  MemoryStore open(Path file) {
    return MemoryStore.open(
        file, journal, embedder, clock, new MemoryStore.Settings("pi", MemoryConfig.defaults()));
  }

  Path file() {
    return folder.resolve("memory.sqlite");
  }

  /** Changes the file behind the back of the store. */
  void sql(String... statements) throws SQLException {
    RawSqlite.update(file(), statements);
  }

  static NewObservation load(String text) {
    return NewObservation.of(text, ObservationType.ANOMALY, List.of(LOAD));
  }
}
