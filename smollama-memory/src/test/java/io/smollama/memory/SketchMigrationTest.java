package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SketchMigrationTest {
  private static final int DIMENSIONS = 64;
  private static final int FACTS = 40;

  @TempDir Path folder;
  private final AtomicInteger embedded = new AtomicInteger();

  private Path file() {
    return folder.resolve("memory.sqlite");
  }

  private MemoryStore open() {
    return MemoryStore.open(file(), new Counted(), new ManualClock());
  }

  private long count(String what) throws Exception {
    return Long.parseLong(RawSqlite.first(file(), "SELECT count(*) FROM " + what));
  }

  @Test
  void signsOfVersion2BecomeSketchesWithoutEmbeddingAnything() throws Exception {
    fill();
    makeVersion2();
    embedded.set(0);
    try (MemoryStore store = open()) {
      RecallResult found = store.recall(RecallQuery.of("box of drawer 91", 1));
      assertThat(found.hits()).first().extracting(RecallHit::text).asString().contains("Shelf 13 ");
      assertThat(found.hits().get(0).cosine()).isGreaterThan(0.5);
    }
    String whole = "vector_sign WHERE length(bits) = " + VectorSketch.size(DIMENSIONS);
    assertThat(count(whole)).isEqualTo(FACTS);
    assertThat(count("vector_sign")).isEqualTo(FACTS);
    assertThat(embedded).hasValue(0);
  }

  @Test
  void itemsOnLaterPagesAreNotForgotten() throws Exception {
    fill();
    makeVersion2();
    int far = 2 * Recentring.PAGE;
    RawSqlite.update(
        file(),
        "UPDATE vector_value SET key = key + %d".formatted(far),
        "INSERT INTO item_number VALUES (%d, 'last')".formatted(far + FACTS));
    try (Connection connection = RawSqlite.connect(file())) {
      SketchMigration.toVersion3(connection);
    }
    assertThat(count("vector_sign WHERE key & 0xFFFFFF > " + Recentring.PAGE)).isEqualTo(FACTS);
  }

  private void fill() {
    try (MemoryStore store = open()) {
      for (int i = 0; i < FACTS; i++) {
        store.remember(NewMemory.of("Shelf " + i + " holds the box of drawer " + i * 7));
      }
      store.upkeep().fillVectors(progress -> {});
    }
  }

  /** Signs alone, also of a vector that is gone and of a centre that was not taken into use. */
  private void makeVersion2() throws Exception {
    RawSqlite.forgetClocks(file());
    RawSqlite.update(
        file(),
        "UPDATE vector_sign SET bits = substr(bits, 1, " + DIMENSIONS / 8 + ")",
        "INSERT INTO vector_sign SELECT max(key) + 1, bits FROM vector_sign",
        "INSERT INTO vector_sign"
            + " SELECT key + (1 << 40) - 2 * (key & (1 << 40)), bits FROM vector_sign",
        "DROP TABLE damaged_chunk",
        "PRAGMA user_version = 2");
  }

  /** Counts the texts that are stored; questions are embedded as well. */
  private final class Counted implements EmbeddingProvider {
    private final WordEmbeddings words = new WordEmbeddings(DIMENSIONS);

    @Override
    public EmbeddingModel model() {
      return words.model();
    }

    @Override
    public Embedding embed(String text) {
      embedded.incrementAndGet();
      return words.embed(text);
    }

    @Override
    public Embedding embedQuery(String question) {
      return words.embed(question);
    }
  }
}
