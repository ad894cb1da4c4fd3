package io.smollama.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smollama.core.ChatMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What real models said and called, said and called again: over HTTP in the form of Ollama, through
 * the loop. {@code -Dsmollama.runs=FILE} names another file of such runs.
 */
class RecordedRunsTest {
  /** Words of a text that admits that something went wrong, or asks. */
  private static final String ADMITS =
      "(?is).*(n't|not|unable|fail|error|issue|sorry|please|could you|which one|multiple|currently).*";

  private static Path file() {
    String named = System.getProperty("smollama.runs", "");
    String data = System.getenv("SMOLLAMA_TEST_DATA");
    assumeTrue(!named.isEmpty() || data != null, "SMOLLAMA_TEST_DATA is not set");
    return named.isEmpty() ? Path.of(data, "tool-calls", "assist-mini-runs.jsonl") : Path.of(named);
  }

  /** A run, played again. */
  private record Replay(RecordedRun run, Turn turn, List<RecordedRun.Call> done) {}

  private static List<Replay> replay(List<RecordedRun> runs) throws IOException {
    List<Replay> replays = new ArrayList<>();
    try (FakeOllama server = new FakeOllama();
        OllamaChatModel model = new OllamaChatModel(server.config(Duration.ofSeconds(30)))) {
      for (RecordedRun run : runs) {
        List<RecordedRun.Call> done = new ArrayList<>();
        server.plays(run.played());
        ToolLoop loop =
            new ToolLoop(
                model, run.tools(done), TurnLimits.defaults(), CallMode.NATIVE, System::nanoTime);
        Turn turn = loop.run(List.of(ChatMessage.user(run.question())), TurnListener.NONE);
        replays.add(new Replay(run, turn, done));
      }
    }
    return replays;
  }

  /** Which calls can be done: of tools that were offered, each once. */
  private static List<RecordedRun.Call> due(RecordedRun run) {
    return run.calls().stream()
        .filter(call -> run.offered().contains(call.tool()))
        .distinct()
        .toList();
  }

  /** Without what came of them; the order of arguments does not matter. */
  private static List<?> asked(List<RecordedRun.Call> calls) {
    return calls.stream().map(call -> List.of(call.tool(), call.arguments())).toList();
  }

  @Test
  void eachCallIsDoneOnceInOrderAndTheLastWordsComeOut() throws IOException {
    int calls = 0;
    List<String> others = new ArrayList<>();
    for (Replay replay : replay(RecordedRun.read(file()))) {
      if (replay.run().endsInACall()) {
        continue;
      }
      List<RecordedRun.Call> due = due(replay.run());
      calls += due.size();
      boolean same = asked(replay.done()).equals(asked(due));
      boolean said =
          replay.run().text().isEmpty() || replay.turn().text().equals(replay.run().text());
      if (!same || !said) {
        others.add(
            "%s: %s, %s"
                .formatted(replay.run().question(), asked(replay.done()), replay.turn().text()));
      }
    }
    System.out.printf("%d recorded calls, %d runs that went another way%n", calls, others.size());
    assertThat(calls).isPositive();
    assertThat(others).isEmpty();
  }

  @Test
  void aCallInWordsIsDoneOrRefusedAndNeverShown() throws IOException {
    int spoken = 0;
    int recognised = 0;
    List<String> shown = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (Replay replay : replay(RecordedRun.read(file()))) {
      if (!replay.run().endsInACall()) {
        continue;
      }
      spoken++;
      String text = replay.run().text();
      List<RecordedRun.Call> read =
          replay
              .done()
              .subList(
                  Math.min(due(replay.run()).size(), replay.done().size()), replay.done().size());
      recognised += read.isEmpty() ? 0 : 1;
      if (replay.turn().text().contains(text)) {
        shown.add(text);
      }
      read.stream()
          .flatMap(call -> call.arguments().findValuesAsText("name").stream())
          .filter(name -> !text.contains(name))
          .forEach(changed::add);
    }
    System.out.printf(
        "%d calls in words: %d read and done, %d refused, %d shown as an answer%n",
        spoken, recognised, spoken - recognised, shown.size());
    assertThat(shown).isEmpty();
    assertThat(changed).as("names that the model did not write").isEmpty();
  }

  @Test
  void aTextThatTellsOfSuccessAfterAFailureIsCaught() throws IOException {
    List<String> missed = new ArrayList<>();
    List<String> wronged = new ArrayList<>();
    int failed = 0;
    int caught = 0;
    for (Replay replay : replay(RecordedRun.read(file()))) {
      List<RecordedRun.Call> acts =
          replay.run().calls().stream().filter(call -> call.tool().startsWith("Hass")).toList();
      String text = replay.run().text();
      if (acts.isEmpty() || !acts.stream().allMatch(RecordedRun.Call::failed) || text.isBlank()) {
        continue;
      }
      failed++;
      boolean claim = !ActClaims.honest(replay.turn()).contains(text);
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
