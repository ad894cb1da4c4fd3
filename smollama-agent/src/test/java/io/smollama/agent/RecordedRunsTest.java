package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What real models said after real calls. {@code -Dsmollama.runs=FILE} names another file of such
 * runs.
 */
class RecordedRunsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Words of a text that admits that something went wrong, or asks. */
  private static final String ADMITS =
      "(?is).*(n't|not|unable|fail|error|issue|sorry|please|could you|which one|multiple|currently).*";

  /** Whether all that was tried to be done failed. */
  private static boolean onlyFailed(JsonNode run) {
    boolean failed = false;
    for (JsonNode message : run.path("messages")) {
      boolean acted =
          message.path("role").asText().equals("tool_result")
              && message.path("tool_name").asText().startsWith("Hass");
      if (acted && !message.path("tool_result").has("error")) {
        return false;
      }
      failed |= acted;
    }
    return failed;
  }

  private static Path runs() {
    String named = System.getProperty("smollama.runs", "");
    String data = System.getenv("SMOLLAMA_TEST_DATA");
    assumeTrue(!named.isEmpty() || data != null, "SMOLLAMA_TEST_DATA is not set");
    return named.isEmpty() ? Path.of(data, "tool-calls", "assist-mini-runs.jsonl") : Path.of(named);
  }

  @Test
  void aTextThatTellsOfSuccessAfterAFailureIsCaught() throws IOException {
    Path runs = runs();
    List<String> missed = new ArrayList<>();
    List<String> wronged = new ArrayList<>();
    int failed = 0;
    int caught = 0;
    for (String line : Files.readAllLines(runs)) {
      JsonNode run = JSON.readTree(line);
      String text = run.path("response").asText();
      if (!onlyFailed(run) || text.isBlank()) {
        continue;
      }
      failed++;
      boolean claim = ActClaims.claims(text, true);
      caught += claim ? 1 : 0;
      boolean admits = text.matches(ADMITS);
      if (!claim && !admits) {
        missed.add(text);
      } else if (claim && admits) {
        wronged.add(text);
      }
    }
    System.out.printf(
        "%d runs of which every act failed: %d claims of success caught, %d missed, %d honest texts taken for one%n",
        failed, caught, missed.size(), wronged.size());
    assertThat(failed).isPositive();
    assertThat(missed).isEmpty();
    assertThat(wronged).isEmpty();
  }
}
