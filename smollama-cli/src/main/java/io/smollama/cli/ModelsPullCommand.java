package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.agent.OllamaServer;
import io.smollama.agent.OllamaServer.Installed;
import io.smollama.core.ChatException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama models pull}: has Ollama fetch a model. */
@Command(
    name = "pull",
    description = {
      "Have Ollama fetch a model and show how far it is.",
      "Ctrl-C stops it; what was fetched stays, and the same command goes on from there."
    })
final class ModelsPullCommand extends ModelCommand {
  @Parameters(paramLabel = "NAME", description = "The model, for example llama3.2:1b.")
  private String name = "";

  private volatile boolean stopping;

  @Override
  JsonNode result(NodeConfig config) {
    if (name.isBlank()) {
      throw UserError.ofUsage("A model has a name, for example llama3.2:1b");
    }
    boolean embedsByOllama = config.memory().embeddingProvider().equalsIgnoreCase("ollama");
    if (config.openai().baseUrl().isPresent() && !embedsByOllama) {
      throw new UserError(
          "The server at %s has OpenAI's API, which has no word for fetching a model; give it to the server where that is started"
              .formatted(config.openai().baseUrl().get()));
    }
    try (OllamaServer ollama = new OllamaServer(config.ollama())) {
      pull(ollama, display());
      return object().put("model", name).put("installed", true);
    }
  }

  /** A bar on the output if that is a terminal; else lines on standard error, as logs want them. */
  private PullDisplay display() {
    boolean watched = Terminal.isWatched() && !json;
    PrintWriter out =
        watched
            ? new PrintWriter(program().terminal().output(), true, StandardCharsets.UTF_8)
            : spec.commandLine().getErr();
    return new PullDisplay(out, watched, System::nanoTime);
  }

  private void pull(OllamaServer ollama, PullDisplay display) {
    Thread stop = new Thread(() -> stop(ollama, display), "smollama-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      ollama.pull(name, display);
    } catch (ChatException e) {
      if (stopping) {
        awaitTheEnd();
      }
      throw failure(e, ollama);
    } finally {
      display.end();
      unhook(stop);
    }
  }

  /**
   * That the pull ends is what was asked for, no failure to tell of; the process ends any moment.
   */
  private static void awaitTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The server ends its work when the connection is closed. */
  private void stop(OllamaServer ollama, PullDisplay display) {
    stopping = true;
    display.stop(
        "Stopped. What was fetched of %s stays; the same command goes on from there"
            .formatted(name));
    ollama.close();
  }

  private static void unhook(Thread stop) {
    try {
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (IllegalStateException e) {
      // it is running: the process was told to stop
    }
  }

  private RuntimeException failure(ChatException e, OllamaServer ollama) {
    String said = e.getMessage();
    if (said.endsWith(": not reachable")) {
      return noServer(e, "ollama");
    }
    if (said.contains("file does not exist") || said.contains("not found")) {
      Optional<String> near = KnownModels.nearest(name, installed(ollama));
      return new UserError(
          "%s: there is no model '%s'%s (https://ollama.com/library has them all)"
              .formatted(
                  e.culprit(),
                  name,
                  near.map(meant -> "; did you mean '%s'?".formatted(meant)).orElse("")),
          e);
    }
    return e;
  }

  private static List<String> installed(OllamaServer ollama) {
    try {
      return ollama.installed().stream().map(Installed::name).toList();
    } catch (ChatException | IllegalStateException e) {
      return List.of(); // the first failure is the one to tell
    }
  }

  @Override
  void tell(JsonNode result, Terminal terminal) {
    terminal.line("%s is there; 'smollama models check %s' tries it".formatted(name, name));
  }
}
