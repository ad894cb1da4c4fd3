package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.agent.Ask;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.embeddings.OnnxEmbeddings;
import io.smollama.memory.MemoryStore;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Which source answers a question: asked as a user would, over a house of 32 sources. */
@EnabledIfEnvironmentVariable(
    named = "SMOLLAMA_TEST_DATA",
    matches = ".+",
    disabledReason = "SMOLLAMA_TEST_DATA names no folder of yardsticks")
class SourceYardstickTest {
  private static final ManualClock CLOCK = new ManualClock();

  @TempDir Path folder;

  @Test
  void theRightSourceIsNearlyAlwaysFirstAndAlwaysAmongFive() throws Exception {
    Path data = Path.of(System.getenv("SMOLLAMA_TEST_DATA"), "house/sources-dev.json");
    JsonNode yardstick = new ObjectMapper().readTree(data.toFile());
    List<Reading> house = new ArrayList<>();
    yardstick.path("sources").forEach(source -> house.add(reading(source)));
    int first = 0;
    int amongFive = 0;
    try (OnnxEmbeddings embedder = new OnnxEmbeddings(folder.resolve("unpacked"));
        MemoryStore store = MemoryStore.open(folder.resolve("m.sqlite"), embedder, CLOCK)) {
      Ask ask =
          new Ask(
              store, () -> house, Optional.of(embedder), Optional.empty(), CLOCK, ZoneOffset.UTC);
      for (JsonNode question : yardstick.path("questions")) {
        Set<String> right = Set.of(question.path("source").asText().split("\\|"));
        List<String> named =
            ask.ask(question.path("question").asText()).sources().stream()
                .map(source -> source.reading().source().toString())
                .toList();
        first += right.contains(named.get(0)) ? 1 : 0;
        amongFive += named.stream().anyMatch(right::contains) ? 1 : 0;
      }
    }
    int questions = yardstick.path("questions").size();
    System.out.printf("sources: first %d, among five %d, of %d%n", first, amongFive, questions);
    assertThat(questions).isEqualTo(16);
    assertThat(first).isGreaterThanOrEqualTo(13);
    assertThat(amongFive).isEqualTo(16);
  }

  private static Reading reading(JsonNode source) {
    SourceId id = SourceId.parse(source.path("id").asText());
    String unitOrName = source.path("unit_or_name").asText();
    return id.type().equals("gpio")
        ? new Reading(
            id, new ReadingValue.Flag(true), "boolean", CLOCK.instant(), Map.of("name", unitOrName))
        : new Reading(id, new ReadingValue.Quantity(1), unitOrName, CLOCK.instant(), Map.of());
  }
}
