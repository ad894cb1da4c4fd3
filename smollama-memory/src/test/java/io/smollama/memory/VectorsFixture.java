package io.smollama.memory;

import io.smollama.core.EmbeddingProvider;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Texts in a file, and the vectors that are made of them. */
abstract class VectorsFixture {
  @TempDir Path folder;
  final ManualClock clock = new ManualClock();
  Database database;
  RecallIndex index;
  Vectors vectors;

  @BeforeEach
  void open() {
    database = Database.open(folder.resolve("m.sqlite"));
  }

  @AfterEach
  void close() {
    vectors.close();
    database.close();
  }

  Vectors by(EmbeddingProvider provider, int threads) {
    index = new RecallIndex(database, Optional.of(provider.model()));
    vectors = new Vectors(database, index, provider, clock, threads);
    return vectors;
  }
}
