package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smollama.core.ChatException;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Which of Ollama's models can chat; asked anew every few seconds. Thread-safe. */
final class OllamaModels {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

  private final OllamaHttp http;
  private final Optional<String> wanted;
  private final Map<String, Boolean> chats = new HashMap<>();
  private Finding last = new Finding(Optional.empty(), "not asked yet");
  private long askedAt;
  private boolean asked;

  OllamaModels(OllamaHttp http, Optional<String> wanted) {
    this.http = http;
    this.wanted = wanted.map(OllamaModels::tagged);
  }

  /** The model to use, if any, and what to tell a person. */
  record Finding(Optional<String> model, String says) {}

  private record Installed(String name, long size) {}

  synchronized Finding current() {
    long now = System.nanoTime();
    if (!asked || now - askedAt > FRESH_NANOS) {
      last = find();
      asked = true;
      askedAt = System.nanoTime();
    }
    return last;
  }

  private Finding find() {
    try {
      JsonNode models = http.get("/api/tags", PATIENCE).path("models");
      List<Installed> installed =
          StreamSupport.stream(models.spliterator(), false)
              .map(m -> new Installed(m.path("name").asText(), m.path("size").asLong()))
              .sorted(Comparator.comparingLong(Installed::size))
              .toList();
      return wanted.isPresent() ? configured(wanted.get(), installed) : smallest(installed);
    } catch (IOException e) {
      return new Finding(Optional.empty(), http.reason(e));
    } catch (ChatException e) {
      return new Finding(Optional.empty(), e.getMessage());
    }
  }

  private Finding configured(String name, List<Installed> installed) throws IOException {
    if (installed.stream().anyMatch(model -> tagged(model.name()).equals(name))) {
      return canChat(name)
          ? new Finding(Optional.of(name), "model " + name)
          : new Finding(Optional.empty(), "model " + name + " cannot chat; name another");
    }
    String there = installed.stream().map(Installed::name).collect(Collectors.joining(", "));
    return new Finding(
        Optional.empty(),
        "model %s is not installed (ollama pull %s); installed: %s"
            .formatted(name, name, there.isEmpty() ? "none" : there));
  }

  private Finding smallest(List<Installed> installed) throws IOException {
    for (Installed model : installed) {
      if (canChat(model.name())) {
        return new Finding(
            Optional.of(model.name()), "model %s, the smallest installed".formatted(model.name()));
      }
    }
    return new Finding(
        Optional.empty(), "no chat model is installed (for example: ollama pull llama3.2:1b)");
  }

  private boolean canChat(String name) throws IOException {
    Boolean known = chats.get(name);
    if (known == null) {
      String ask = JSON.createObjectNode().set("model", TextNode.valueOf(name)).toString();
      try (OllamaHttp.Answer answer = http.post("/api/show", ask, PATIENCE)) {
        JsonNode capabilities = JSON.readTree(answer.lines().readUtf8()).path("capabilities");
        known =
            StreamSupport.stream(capabilities.spliterator(), false)
                .anyMatch(capability -> capability.asText().equals("completion"));
        chats.put(name, known);
      }
    }
    return known;
  }

  private static String tagged(String name) {
    return name.contains(":") ? name : name + ":latest";
  }
}
