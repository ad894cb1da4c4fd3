package io.smollama.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.OllamaServer;
import io.smollama.agent.OllamaServer.Installed;
import io.smollama.agent.OllamaServer.Loaded;
import io.smollama.agent.OllamaServer.Shown;
import io.smollama.agent.OpenAiChatModel;
import io.smollama.core.ChatCapabilities;
import io.smollama.core.ChatException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The models of a server as a document. */
final class ModelList {
  private ModelList() {}

  /**
   * Asks the server.
   *
   * @throws ChatException if it does not answer
   */
  static ObjectNode of(NodeConfig config, ChatChoice chat) {
    ObjectNode list =
        ModelCommand.object().put("server", chat.part()).put("address", chat.address().toString());
    if (chat.model() instanceof OpenAiChatModel server) {
      List<String> names = server.models();
      Optional<ChatCapabilities> used = used(list, chat);
      ArrayNode models = list.putArray("models");
      names.forEach(name -> put(models, name, used));
      return list;
    }
    try (OllamaServer ollama = new OllamaServer(config.ollama())) {
      list.put("version", ollama.version());
      List<Installed> installed = ollama.installed();
      List<Loaded> loaded = ollama.loaded();
      Optional<String> used = used(list, chat).map(ChatCapabilities::model);
      ArrayNode models = list.putArray("models");
      installed.stream()
          .sorted(Comparator.comparingLong(Installed::bytes))
          .forEach(model -> put(models.addObject(), model, ollama, loaded, used));
      return list;
    }
  }

  private static Optional<ChatCapabilities> used(ObjectNode list, ChatChoice chat) {
    Optional<ChatCapabilities> used = chat.model().capabilities();
    list.put("uses", used.map(ChatCapabilities::model).orElse(null));
    list.put("says", chat.state().get());
    return used;
  }

  private static void put(ArrayNode models, String name, Optional<ChatCapabilities> used) {
    ObjectNode one = models.addObject().put("name", name);
    Optional<ChatCapabilities> ofThis = used.filter(can -> can.model().equals(name));
    one.put("used", ofThis.isPresent());
    ofThis.ifPresent(can -> can.contextTokens().ifPresent(tokens -> one.put("context", tokens)));
  }

  private static void put(
      ObjectNode one,
      Installed model,
      OllamaServer ollama,
      List<Loaded> loaded,
      Optional<String> used) {
    one.put("name", model.name())
        .put("used", used.filter(model.name()::equals).isPresent())
        .put("bytes", model.bytes())
        .put("family", model.family())
        .put("parameters", model.parameters())
        .put("quantization", model.quantization());
    try {
      Shown shown = ollama.show(model.name());
      shown.contextTokens().ifPresent(tokens -> one.put("context", tokens));
      ArrayNode can = one.putArray("capabilities");
      shown.capabilities().stream().sorted().forEach(can::add);
    } catch (ChatException e) {
      one.put("trouble", ModelCommand.reason(e)); // of this model; the others are told all the same
    }
    loaded.stream()
        .filter(there -> there.name().equals(model.name()))
        .findFirst()
        .ifPresent(
            there -> {
              ObjectNode memory = one.putObject("loaded").put("bytes", there.bytes());
              there.contextTokens().ifPresent(tokens -> memory.put("context", tokens));
            });
  }
}
