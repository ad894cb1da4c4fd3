package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;

/** {@code smollama models}: which models there are. */
@Command(
    name = "models",
    description = {
      "Show the models of the server that the node uses.",
      "Size, kind, what each can do, which one the node talks with (*), and which are in the server's",
      "memory. Needs no running node."
    },
    subcommands = {ModelsPullCommand.class, ModelsCheckCommand.class})
final class ModelsCommand extends ModelCommand {

  @Override
  JsonNode result(NodeConfig config) {
    ChatChoice chat = ChatChoice.of(config);
    try {
      return ModelList.of(config, chat);
    } catch (ChatException e) {
      throw noServer(e, chat.part());
    } finally {
      chat.model().close();
    }
  }

  @Override
  void tell(JsonNode result, Terminal terminal) {
    String version = result.path("version").asText();
    terminal.line(
        "%s at %s"
            .formatted(
                result.path("server").asText().equals("ollama")
                    ? "Ollama" + (version.isEmpty() ? "" : " " + version)
                    : "A server with OpenAI's API",
                result.path("address").asText()));
    List<JsonNode> models =
        StreamSupport.stream(result.path("models").spliterator(), false).toList();
    int width = models.stream().mapToInt(m -> m.path("name").asText().length()).max().orElse(0);
    for (JsonNode model : models) {
      terminal.line(
          ("%s %-" + Math.max(width, 1) + "s  %s")
              .formatted(
                  model.path("used").asBoolean() ? "*" : " ",
                  model.path("name").asText(),
                  String.join(", ", notes(model)))
              .stripTrailing());
    }
    terminal.line(
        result.path("uses").isTextual()
            ? "The node talks with " + result.path("says").asText()
            : "The node talks with none: " + result.path("says").asText());
  }

  private static List<String> notes(JsonNode model) {
    List<String> notes = new ArrayList<>();
    if (model.has("bytes")) {
      notes.add(ByteSize.of(model.path("bytes").asLong()));
    }
    List<String> kind = new ArrayList<>();
    for (String key : new String[] {"family", "parameters", "quantization"}) {
      if (!model.path(key).asText().isEmpty()) {
        kind.add(model.path(key).asText());
      }
    }
    if (!kind.isEmpty()) {
      notes.add(String.join(" ", kind));
    }
    if (model.has("context")) {
      notes.add("context %,d".formatted(model.path("context").asInt()));
    }
    List<String> can = new ArrayList<>();
    model.path("capabilities").forEach(word -> can.add(word.asText()));
    if (!can.isEmpty()) {
      notes.add(String.join(" ", can));
    }
    if (model.has("loaded")) {
      JsonNode loaded = model.path("loaded");
      String context =
          loaded.has("context")
              ? " with a context of %,d".formatted(loaded.path("context").asInt())
              : "";
      notes.add("in memory: " + ByteSize.of(loaded.path("bytes").asLong()) + context);
    }
    if (model.has("trouble")) {
      notes.add("NOT USABLE: " + model.path("trouble").asText());
    }
    return notes;
  }
}
