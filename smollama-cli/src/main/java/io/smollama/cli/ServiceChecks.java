package io.smollama.cli;

import io.smollama.agent.AgentConfig;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** Looks at models and at servers in the network. Nothing of it is required. Immutable. */
record ServiceChecks(NodeConfig config, StateFolder state) {
  private static final int CONNECT_MILLIS = 3_000;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  Check embeddings() {
    Optional<EmbeddingProvider> chosen;
    try {
      chosen = EmbeddingChoice.of(config, state.unpacked());
    } catch (UserError e) {
      return Check.missing("embeddings", e.getMessage(), "Name one that there is");
    }
    if (chosen.isEmpty()) {
      return Check.ok(
          "embeddings", "none, as memory.embedding_provider says; recall goes by words");
    }
    try (EmbeddingProvider embedder = chosen.get()) {
      long start = System.nanoTime();
      embedder.embed("Is it there?");
      long millis = (System.nanoTime() - start) / 1_000_000;
      return Check.ok(
          "embeddings", "%s, loaded and used in %,d ms".formatted(embedder.model().id(), millis));
    } catch (EmbeddingException | LinkageError e) {
      boolean ofOllama = config.memory().embeddingProvider().equalsIgnoreCase("ollama");
      return Check.warning(
          "embeddings",
          e.getMessage(),
          "Recall goes by words until it is there. "
              + (ofOllama
                  ? "Start Ollama and 'smollama models pull' the model, or use memory.embedding_provider: auto"
                  : "Use a system of 64 bits, or memory.embedding_provider: none"));
    }
  }

  Check chat() {
    ChatChoice chat;
    try {
      chat = ChatChoice.of(config);
    } catch (UserError e) {
      return Check.missing("chat", e.getMessage(), "Mend the file, or leave it out");
    }
    try {
      boolean there = chat.model().available().isPresent();
      String words = "%s: %s".formatted(chat.address(), chat.state().get());
      if (there) {
        return Check.ok("chat", words);
      }
      String fix =
          words.endsWith("not reachable")
              ? ModelCommand.remedy(chat.part())
              : "'smollama models check' says more, 'smollama models pull NAME' fetches one";
      fix += ". Until then answers come as lists";
      return isAskedFor() ? Check.warning("chat", words, fix) : Check.absent("chat", words, fix);
    } finally {
      chat.model().close();
    }
  }

  /** Somebody has named the server or the model. */
  private boolean isAskedFor() {
    return config.openai().baseUrl().isPresent()
        || config.ollama().baseUrl().isPresent()
        || config.ollama().model().isPresent();
  }

  Check llamaServer() {
    Optional<URI> named = config.sync().address();
    if (named.isEmpty()) {
      return Check.ok(
          "llama server", "none is named (sync.llama_url); the node keeps what it knows");
    }
    if (config.sync().serverOverMessages().isPresent()) {
      return Check.ok("llama server", "met over messages, through the broker");
    }
    URI address = named.get();
    int scheme = "https".equalsIgnoreCase(address.getScheme()) ? HTTPS : HTTP;
    int port = address.getPort() < 0 ? scheme : address.getPort();
    return reachable(
        "llama server",
        String.valueOf(address.getHost()),
        port,
        "Start it there ('smollama llama'), or mend sync.llama_url; meanwhile nothing is lost, and it"
            + " is brought together later");
  }

  Check messages() {
    return config
        .mqtt()
        .reached()
        .map(
            broker ->
                reachable(
                    "messages",
                    broker.getHostString(),
                    broker.getPort(),
                    "Start the broker there, or mend mqtt.broker; meanwhile what is to be said waits"))
        .orElseGet(
            () ->
                config.agent().mode() == AgentConfig.Mode.EDGE
                    ? Check.missing(
                        "messages",
                        "an edge node has nobody to talk to: no broker is named",
                        "set mqtt.broker, for example tcp://192.168.1.10:1883")
                    : Check.ok(
                        "messages",
                        "no broker is named (mqtt.broker); they stay within this node"));
  }

  /** Whether a server takes connections; what it speaks is not looked at. */
  static Check reachable(String name, String host, int port, String fix) {
    String address = "%s:%d".formatted(host, port);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return Check.ok(name, address + " takes connections");
    } catch (UnknownHostException e) {
      return Check.warning(name, "the host of %s is unknown".formatted(address), fix);
    } catch (IOException e) {
      return Check.warning(name, "%s is not reachable".formatted(address), fix);
    }
  }
}
