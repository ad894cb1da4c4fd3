package io.smollama.cli;

import io.smollama.agent.OllamaChatModel;
import io.smollama.agent.OllamaConfig;
import io.smollama.agent.OpenAiChatModel;
import io.smollama.agent.OpenAiConfig;
import io.smollama.core.ChatModel;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chat model that a configuration asks for. Immutable.
 *
 * @param part what people call it, the section that it is configured in
 * @param address where its server is
 * @param model the model; it may come and go
 * @param state how it is, in words; may take seconds
 */
record ChatChoice(String part, URI address, ChatModel model, Supplier<String> state) {
  private static final Logger LOG = LoggerFactory.getLogger(ChatChoice.class);

  static ChatChoice of(NodeConfig config) {
    return of(config, Optional.empty());
  }

  /**
   * The model of a server that is asked for now.
   *
   * @param name of the model; empty for the one that the configuration asks for
   */
  static ChatChoice of(NodeConfig config, Optional<String> name) {
    Optional<OpenAiConfig> named = config.openai().server();
    if (named.isPresent()) {
      return of(name.map(named.get()::withModel).orElse(named.get()));
    }
    OllamaConfig own = name.map(config.ollama()::withModel).orElse(config.ollama());
    OllamaChatModel ollama = new OllamaChatModel(own);
    return new ChatChoice("ollama", own.address(), ollama, ollama::state);
  }

  private static ChatChoice of(OpenAiConfig config) {
    if (config.apiKey().isPresent() && PublicAddress.isPlainHttpTo(config.address())) {
      LOG.warn(
          "{}: whoever is on the way can read the key and what is said. Use https",
          config.address());
    }
    OpenAiChatModel server = new OpenAiChatModel(config);
    return new ChatChoice("openai", config.address(), server, server::state);
  }
}
