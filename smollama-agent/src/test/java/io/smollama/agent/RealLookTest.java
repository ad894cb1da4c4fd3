package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.memory.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Looks of a real model of 135 million parameters. */
@EnabledIfEnvironmentVariable(
    named = "SMOLLAMA_TEST_OLLAMA",
    matches = "http.+",
    disabledReason = "SMOLLAMA_TEST_OLLAMA names no running Ollama")
class RealLookTest extends LookFixture {
  /** {@code -Dsmollama.looks=5} has more of them. */
  private static final int LOOKS = Integer.getInteger("smollama.looks", 2);

  @Test
  void looksKeepWhatIsBorneOutAndNothingElse() {
    OllamaConfig usual = OllamaConfig.defaults();
    OllamaConfig config =
        new OllamaConfig(
            Optional.of(System.getenv("SMOLLAMA_TEST_OLLAMA")),
            usual.host(),
            usual.port(),
            Optional.of("smollm2:135m"),
            usual.keepAlive(),
            usual.numCtx(),
            usual.numPredict(),
            usual.stallTimeout());
    List<Look> looks = new ArrayList<>();
    try (OllamaChatModel real = new OllamaChatModel(config)) {
      ModelObserver looking = new ModelObserver(means, real);
      for (int i = 0; i < LOOKS; i++) {
        looks.add(looking.look());
        clock.advance(Duration.ofMinutes(15));
        say("system:cpu_temp", 55 + i, "celsius");
        say("system:load_avg", 0.4 + i, "load");
      }
    }
    looks.forEach(look -> System.getLogger("looks").log(System.Logger.Level.INFO, look));
    assertThat(looks)
        .extracting(Look::outcome)
        .hasSize(LOOKS)
        .isSubsetOf(Look.Outcome.NOTED, Look.Outcome.NOTHING);
    assertThat(looks).allMatch(look -> look.took().compareTo(Duration.ofMinutes(3)) < 0);
    assertThat(notes())
        .extracting(Observation::text)
        .allMatch(text -> text.length() <= 240)
        .doesNotHaveDuplicates();
    assertThat(notes()).allMatch(note -> note.tags().equals(List.of("model:smollm2:135m")));
  }
}
