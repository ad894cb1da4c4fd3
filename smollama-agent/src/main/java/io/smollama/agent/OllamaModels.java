package io.smollama.agent;

import io.smollama.agent.OllamaServer.Installed;
import io.smollama.agent.OllamaServer.Shown;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Which of Ollama's models can chat; asked anew every few seconds. What a model can do is asked
 * once for each digest. Thread-safe.
 */
final class OllamaModels {
  private static final Duration FRESH = Duration.ofSeconds(10);

  private final OllamaServer server;
  private final Optional<String> wanted;
  private final int numCtx;
  private final long freshNanos;
  private final Map<String, Shown> shown = new HashMap<>();
  private Finding last = Finding.none("not asked yet", true);
  private long askedAt;
  private boolean asked;

  OllamaModels(OllamaServer server, OllamaConfig config) {
    this(server, config, FRESH);
  }

  OllamaModels(OllamaServer server, OllamaConfig config, Duration fresh) {
    this.freshNanos = fresh.toNanos();
    this.server = server;
    this.wanted = config.model().map(OllamaServer::tagged);
    this.numCtx = config.numCtx();
  }

  /**
   * The model to use, if any, what to tell a person, and, if there is none, whether there may be
   * one without anybody's doing.
   */
  record Finding(Optional<ChatCapabilities> model, String says, boolean canPass) {
    static Finding none(String says, boolean canPass) {
      return new Finding(Optional.empty(), says, canPass);
    }
  }

  /** What was found is no longer so; the next look asks anew. */
  synchronized void forget() {
    asked = false;
  }

  synchronized Finding current() {
    long now = System.nanoTime();
    if (!asked || now - askedAt > freshNanos) {
      last = find();
      // What an interrupted thread could not find out says nothing about the server.
      asked = !Thread.currentThread().isInterrupted();
      askedAt = System.nanoTime();
    }
    return last;
  }

  private Finding find() {
    try {
      List<Installed> installed =
          server.installed().stream().sorted(Comparator.comparingLong(Installed::bytes)).toList();
      return wanted.isPresent() ? configured(wanted.get(), installed) : smallest(installed);
    } catch (ChatException e) {
      return Finding.none(e.getMessage().substring(e.culprit().length() + 2), e.isRetryable());
    } catch (IllegalStateException e) {
      return Finding.none("closed", false); // by another thread meanwhile
    }
  }

  private Finding configured(String name, List<Installed> installed) {
    for (Installed model : installed) {
      if (OllamaServer.tagged(model.name()).equals(name)) {
        return chatting(model, name)
            .map(can -> new Finding(Optional.of(can), "model " + name, true))
            .orElse(Finding.none("model " + name + " cannot chat; name another", false));
      }
    }
    String there = installed.stream().map(Installed::name).collect(Collectors.joining(", "));
    return Finding.none(
        "model %s is not installed (ollama pull %s); installed: %s"
            .formatted(name, name, there.isEmpty() ? "none" : there),
        false);
  }

  private Finding smallest(List<Installed> installed) {
    for (Installed model : installed) {
      Optional<ChatCapabilities> can = chattingOrDamaged(model);
      if (can.isPresent()) {
        return new Finding(can, "model %s, the smallest installed".formatted(model.name()), true);
      }
    }
    return Finding.none("no chat model is installed (for example: ollama pull llama3.2:1b)", false);
  }

  /** A model that the server lists and does not know is none to choose. */
  private Optional<ChatCapabilities> chattingOrDamaged(Installed model) {
    try {
      return chatting(model, model.name());
    } catch (ChatException e) {
      if (e.isRetryable()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Optional<ChatCapabilities> chatting(Installed model, String name) {
    String key = model.digest().isEmpty() ? name : model.digest();
    Shown can = shown.get(key);
    if (can == null) {
      can = server.show(name);
      shown.put(key, can);
    }
    if (!can.capabilities().contains("completion")) {
      return Optional.empty();
    }
    int context = Math.min(numCtx, can.contextTokens().orElse(numCtx));
    return Optional.of(
        new ChatCapabilities(
            name,
            can.capabilities().contains("tools"),
            can.capabilities().contains("thinking"),
            can.capabilities().contains("vision"),
            OptionalInt.of(context)));
  }
}
