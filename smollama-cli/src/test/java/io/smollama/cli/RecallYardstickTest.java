package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.cli.RecallYardstick.Arm;
import io.smollama.embeddings.OnnxEmbeddings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Recall keeps its quality on conversations and on the notes of a house. */
@EnabledIfEnvironmentVariable(
    named = "SMOLLAMA_TEST_DATA",
    matches = ".+",
    disabledReason = "SMOLLAMA_TEST_DATA names no folder of yardsticks")
class RecallYardstickTest {
  @TempDir Path folder;

  @Test
  void wordsAndMeaningTogetherAreBetterThanEither() throws Exception {
    Path data = Path.of(System.getenv("SMOLLAMA_TEST_DATA"));
    try (OnnxEmbeddings embedder = new OnnxEmbeddings(folder.resolve("unpacked"))) {
      RecallYardstick yardstick = new RecallYardstick(folder, embedder);
      yardstick.conversations(data.resolve("locomo/locomo-dev.json"));
      yardstick.house(data.resolve("house/house-dev.json"));
      System.out.println(yardstick.table());
      double conversations = yardstick.ndcg(Arm.BOTH, RecallYardstick.CONVERSATIONS);
      assertThat(conversations).isGreaterThanOrEqualTo(65);
      assertThat(conversations)
          .isGreaterThanOrEqualTo(yardstick.ndcg(Arm.TEXT, RecallYardstick.CONVERSATIONS) + 2);
      for (String category : RecallYardstick.CATEGORIES) {
        assertThat(yardstick.ndcg(Arm.BOTH, category))
            .as(category)
            .isGreaterThanOrEqualTo(yardstick.ndcg(Arm.TEXT, category) - 1)
            .isGreaterThanOrEqualTo(yardstick.ndcg(Arm.MEANING, category) - 1);
      }
      assertThat(yardstick.ndcg(Arm.BOTH, "house meaning")).isGreaterThanOrEqualTo(72);
      assertThat(yardstick.ndcg(Arm.BOTH, "house typed")).isGreaterThanOrEqualTo(97);
    }
  }
}
