package io.smollama.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.CallMode;
import io.smollama.agent.ModelTrial;
import io.smollama.agent.OllamaServer;
import io.smollama.agent.OllamaServer.Loaded;
import io.smollama.agent.OpenAiChatModel;
import io.smollama.core.ChatException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Tries a model and says what is wrong, each trouble with its fix. For one use. */
final class ModelDiagnosis {
  /** A small machine reads gigabytes from a card before the first word. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Slower than a person reads aloud. */
  private static final double SLOW = 2;

  private final NodeConfig config;
  private final Optional<String> name;
  private final LongSupplier nanos;
  private final ObjectNode result = ModelCommand.object();

  /**
   * @param name of the model; empty for the one that the node talks with
   */
  ModelDiagnosis(NodeConfig config, Optional<String> name, LongSupplier nanos) {
    this.config = config;
    this.name = name;
    this.nanos = nanos;
  }

  ObjectNode result() {
    ChatChoice chat = ChatChoice.of(config, name);
    result.put("server", chat.part()).put("address", chat.address().toString());
    result.put("usable", false).put("reachable", false).putArray("troubles");
    try (OllamaServer ollama = new OllamaServer(config.ollama())) {
      if (isReachable(chat, ollama)) {
        attempt(chat, ollama);
      }
      return result;
    } finally {
      chat.model().close();
    }
  }

  private boolean isReachable(ChatChoice chat, OllamaServer ollama) {
    try {
      if (chat.model() instanceof OpenAiChatModel server) {
        server.models();
      } else {
        result.put("version", ollama.version());
      }
      result.put("reachable", true);
      return true;
    } catch (ChatException e) {
      trouble(ModelCommand.reason(e), ModelCommand.remedy(chat.part()));
      return false;
    }
  }

  private void attempt(ChatChoice chat, OllamaServer ollama) {
    Optional<String> model = chat.model().available();
    result.put("model", model.or(() -> name).orElse(null));
    if (model.isEmpty()) {
      trouble(chat.state().get(), noModel(chat));
      return;
    }
    boolean isOllama = chat.part().equals("ollama");
    if (isOllama) {
      result.put("loaded_before", loaded(ollama, model.get()).isPresent());
    }
    try {
      judge(ModelTrial.of(chat.model(), PATIENCE, nanos));
    } catch (ChatException e) {
      trouble(ModelCommand.reason(e), "Until it answers the node answers with lists");
    }
    if (isOllama) {
      loaded(ollama, model.get()).ifPresent(this::judge);
    }
  }

  private String noModel(ChatChoice chat) {
    if (!chat.part().equals("ollama")) {
      return "Name one of the server's as openai.model, or none for its first";
    }
    Optional<String> wanted = name.or(() -> config.ollama().model());
    return "'smollama models pull %s' fetches %s; 'smollama models' shows what is there"
        .formatted(wanted.orElse("llama3.2:1b"), wanted.isPresent() ? "it" : "a small one");
  }

  private void judge(ModelTrial trial) {
    result
        .put("answer", trial.answer())
        .put("first_word_seconds", seconds(trial.firstWord()))
        .put("whole_seconds", seconds(trial.whole()))
        .put("calls", trial.calls().name().toLowerCase(Locale.ROOT))
        .put("calls_because", trial.why())
        .put("usable", !trial.answer().isBlank());
    trial.tokens().ifPresent(tokens -> result.put("tokens", tokens));
    trial.tokensPerSecond().ifPresent(speed -> result.put("tokens_per_second", speed));
    if (trial.answer().isBlank()) {
      trouble("It answered nothing", "Use another model");
    }
    if (trial.calls() == CallMode.GRAMMAR) {
      trouble(
          "It calls no tools by itself, so it takes one step an answer and keeps nothing in the memory",
          "A larger model, or one trained for tools such as qwen3:1.7b, takes more");
    }
    if (trial.tokensPerSecond().orElse(SLOW) < SLOW) {
      trouble(
          "It speaks slower than %.0f tokens a second".formatted(SLOW),
          "Use a smaller model or one of fewer bits (q4), or a server on a faster machine");
    }
  }

  private void judge(Loaded loaded) {
    int wanted = config.ollama().numCtx();
    int has = loaded.contextTokens().orElse(wanted);
    if (has < wanted) {
      trouble(
          "It has a context of %,d tokens, not of ollama.num_ctx %,d".formatted(has, wanted),
          "Set ollama.num_ctx to %d, or use a model with a longer one".formatted(has));
    }
  }

  private static Optional<Loaded> loaded(OllamaServer ollama, String model) {
    try {
      List<Loaded> all = ollama.loaded();
      return all.stream().filter(one -> one.name().equals(model)).findFirst();
    } catch (ChatException e) {
      return Optional.empty(); // the trial tells more of it
    }
  }

  private static double seconds(Duration length) {
    return length.toMillis() / 1e3;
  }

  private void trouble(String says, String fix) {
    result.withArray("troubles").addObject().put("says", says).put("fix", fix);
  }
}
