package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.agent.Ask;
import io.smollama.agent.Chat;
import io.smollama.agent.NodeMeans;
import io.smollama.agent.OllamaChatModel;
import io.smollama.agent.OllamaConfig;
import io.smollama.agent.Turn;
import io.smollama.agent.TurnListener;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatModel;
import io.smollama.core.ChatReply;
import io.smollama.core.ChatRequest;
import io.smollama.core.Reading;
import io.smollama.embeddings.OnnxEmbeddings;
import io.smollama.memory.MemoryStore;
import io.smollama.readings.ActuatorEnvelope;
import io.smollama.readings.GpioReadings;
import io.smollama.readings.SimulatedGpio;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Turns with a real model of 135 million parameters: whatever it chooses can be done, and nothing
 * takes longer than its limits. {@code -Dsmollama.turns=50} has more of them.
 */
@Tag("ollama")
@EnabledIfEnvironmentVariable(
    named = "SMOLLAMA_TEST_OLLAMA",
    matches = ".+",
    disabledReason = "SMOLLAMA_TEST_OLLAMA names no running Ollama")
class RealTurnsTest {
  private static final int TURNS = Integer.getInteger("smollama.turns", 2);
  private static final Duration LONGEST = Duration.ofMinutes(3).plusSeconds(10);

  private static final List<String> SAID =
      List.of(
          "switch the led on",
          "how warm is the cpu",
          "is anybody moving in the hall",
          "turn the status light off please",
          "what do you know about the pump",
          "how much memory is free",
          "is the door open",
          "what was the highest cpu temperature today",
          "good morning, what can you do",
          "blink the lamp for five minutes");

  private static final ManualClock CLOCK = new ManualClock();

  @TempDir Path folder;

  /** Hears what a model answers to choices. */
  private record Overheard(ChatModel model, List<ChatReply> choices) implements ChatModel {
    @Override
    public Optional<ChatCapabilities> capabilities() {
      return model.capabilities();
    }

    @Override
    public ChatReply chat(ChatRequest request, Consumer<String> listener) {
      ChatReply reply = model.chat(request, listener);
      if (request.format().isPresent()) {
        choices.add(reply);
      }
      return reply;
    }
  }

  @Test
  void whatItChoosesCanBeDoneAndNothingTakesTooLong() throws Exception {
    OllamaConfig usual = OllamaConfig.defaults();
    OllamaConfig config =
        new OllamaConfig(
            Optional.of(System.getenv("SMOLLAMA_TEST_OLLAMA")),
            usual.host(),
            usual.port(),
            Optional.empty(),
            usual.keepAlive(),
            usual.numCtx(),
            usual.numPredict(),
            usual.stallTimeout());
    List<ChatReply> choices = new ArrayList<>();
    List<Turn> turns = new ArrayList<>();
    long longest = 0;
    SimulatedGpio board = SimulatedGpio.demoBoard(System::nanoTime);
    try (OnnxEmbeddings embedder = new OnnxEmbeddings(folder.resolve("unpacked"));
        OllamaChatModel real = new OllamaChatModel(config);
        MemoryStore store = MemoryStore.open(folder.resolve("m.sqlite"), embedder, CLOCK)) {
      store.readings().append(readings(board));
      ChatModel model = new Overheard(real, choices);
      ActuatorEnvelope envelope =
          new ActuatorEnvelope(board, board.pins(), store.audit(), CLOCK, System::nanoTime);
      NodeMeans means =
          NodeMeans.looking(store, Optional.of(embedder), CLOCK, ZoneOffset.UTC)
              .withOutputs(Optional.of(envelope));
      Ask ask =
          new Ask(
              store, List::of, Optional.of(embedder), Optional.of(model), CLOCK, ZoneOffset.UTC);
      Chat chat = new Chat(means, model, ask);
      for (int i = 0; i < TURNS; i++) {
        long begin = System.nanoTime();
        turns.add(chat.say(List.of(), SAID.get(i % SAID.size()), TurnListener.NONE));
        longest = Math.max(longest, System.nanoTime() - begin);
      }
    }
    System.out.printf(
        "%d turns of %s: %d choices, %d uses of tools, the longest turn took %.1f s%n",
        TURNS,
        turns.get(0).model().orElse("no model"),
        choices.size(),
        turns.stream().mapToInt(turn -> turn.uses().size()).sum(),
        longest / 1e9);
    assertThat(choices).isNotEmpty().allSatisfy(RealTurnsTest::isWhole);
    assertThat(turns)
        .allSatisfy(turn -> assertThat(turn.model()).as(turn.text()).isPresent())
        .flatExtracting(Turn::uses)
        .noneMatch(
            use ->
                use.result()
                    .text()
                    .matches("error: (there is no tool|.* is missing|.* must be|the arguments).*"));
    assertThat(Duration.ofNanos(longest)).isLessThan(LONGEST);
  }

  private static void isWhole(ChatReply choice) throws Exception {
    assertThat(choice.complete()).as(choice.text()).isTrue();
    JsonNode json = new ObjectMapper().readTree(choice.text());
    assertThat(json.path("action").asText()).isNotBlank();
  }

  private static List<Reading> readings(SimulatedGpio board) {
    List<Reading> readings =
        new ArrayList<>(GpioReadings.of(board, CLOCK, System::nanoTime).readAll());
    readings.add(Reading.of("system:cpu_temp", 48.5, "celsius", CLOCK.instant()));
    readings.add(Reading.of("system:mem_percent", 41, "percent", CLOCK.instant()));
    readings.add(Reading.of("system:mem_available_mb", 512, "MB", CLOCK.instant()));
    readings.add(Reading.of("system:disk_percent", 63, "percent", CLOCK.instant()));
    return readings;
  }
}
