package io.smollama.agent;

import io.smollama.core.ChatMessage;
import io.smollama.core.Message;
import io.smollama.core.Reading;
import io.smollama.core.ToolCall;
import io.smollama.memory.MemoryStore;
import io.smollama.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures what the node adds to the time of a model: turns of two rounds, one of which calls a
 * tool, with a model that answers at once, alone and over HTTP; and what comes into the inbox.
 * {@code main [folder]}: the folder should lie on a real disk.
 */
public final class TurnBenchmark {
  private static final int TURNS = 2_000;
  private static final int SOURCES = 50;

  private TurnBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("bench");
    ManualClock clock = new ManualClock();
    try (MemoryStore store = TestStore.open(folder, clock);
        Inbox inbox = Inbox.open(folder.resolve("inbox.sqlite"), clock);
        FakeOllama server = new FakeOllama();
        OllamaChatModel model = new OllamaChatModel(server.config(Duration.ofSeconds(30)))) {
      store
          .readings()
          .append(
              IntStream.range(0, SOURCES)
                  .mapToObj(i -> Reading.of("system:s" + i, i, "celsius", clock.instant()))
                  .toList());
      NodeMeans means = NodeMeans.looking(store, Optional.empty(), clock, ZoneOffset.UTC);
      ObedientModel at =
          new ObedientModel(new ToolCall("1", "read_source", "{\"source_id\":\"s7\"}"));
      for (int round = 0; round < 3; round++) {
        double atOnce = turns(new Chat(means, at, ask(store, clock)));
        double overHttp = chats(server, model);
        double taken = offers(inbox, round);
        System.out.printf(
            "a round of a turn %.3f ms; an answer over HTTP %.3f ms; taken into the inbox %.3f ms (%.1f of a round)%n",
            atOnce, overHttp, taken, taken / atOnce);
      }
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      System.out.printf(
          "heap in use after it: %.1f MiB%n",
          (runtime.totalMemory() - runtime.freeMemory()) / 1048576.0);
    }
  }

  private static Ask ask(MemoryStore store, ManualClock clock) {
    return new Ask(store, List::of, Optional.empty(), Optional.empty(), clock, ZoneOffset.UTC);
  }

  private static double turns(Chat chat) {
    long begin = System.nanoTime();
    for (int i = 0; i < TURNS; i++) {
      chat.say(List.of(), "how warm is it", TurnListener.NONE);
    }
    return (System.nanoTime() - begin) / 1e6 / TURNS / 2;
  }

  private static double chats(FakeOllama server, OllamaChatModel model) {
    server.answers("It is warm.");
    ToolLoop loop =
        new ToolLoop(model, List.of(), TurnLimits.defaults(), CallMode.NATIVE, System::nanoTime);
    long begin = System.nanoTime();
    for (int i = 0; i < TURNS; i++) {
      loop.run(List.of(ChatMessage.user("how warm is it")), TurnListener.NONE);
    }
    return (System.nanoTime() - begin) / 1e6 / TURNS;
  }

  private static double offers(Inbox inbox, int round) {
    long begin = System.nanoTime();
    for (int i = 0; i < TURNS; i++) {
      Message message = Message.event("garden/" + round + "/" + i % 500, "text " + i);
      inbox.offer(
          Trigger.of(Trigger.Kind.MESSAGE, message.topic(), message.text().orElseThrow(), false));
    }
    return (System.nanoTime() - begin) / 1e6 / TURNS;
  }
}
