package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SketchMigrationTest {
  private static final int DIMENSIONS = 64;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("memory.sqlite");
  }

  private MemoryStore open() {
    return MemoryStore.open(file(), new WordEmbeddings(DIMENSIONS), new ManualClock());
  }

  private Connection raw() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  private long count(String what) throws Exception {
    try (Connection connection = raw();
        ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM " + what)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void signsOfVersion2BecomeSketchesWithoutEmbeddingAnything() throws Exception {
    try (MemoryStore store = open()) {
      for (int i = 0; i < 40; i++) {
        store.remember(NewMemory.of("Shelf " + i + " holds the box of drawer " + i * 7));
      }
      store.upkeep().fillVectors(progress -> {});
    }
    try (Connection connection = raw()) {
      connection
          .createStatement()
          .executeUpdate("UPDATE vector_sign SET bits = substr(bits, 1, " + DIMENSIONS / 8 + ")");
      connection.createStatement().executeUpdate("PRAGMA user_version = 2");
    }
    try (MemoryStore store = open()) {
      RecallResult found = store.recall(RecallQuery.of("box of drawer 91", 1));
      assertThat(found.hits()).first().extracting(RecallHit::text).asString().contains("Shelf 13 ");
      assertThat(found.hits().get(0).cosine()).isGreaterThan(0.5);
    }
    String whole = "vector_sign WHERE length(bits) = " + VectorSketch.size(DIMENSIONS);
    assertThat(count(whole)).isEqualTo(40);
    assertThat(count("vector_sign")).isEqualTo(40);
  }
}
