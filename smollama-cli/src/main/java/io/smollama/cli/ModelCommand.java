package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChatException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command about the models of the server that the configuration names. It asks that server itself
 * and opens nothing of a node, so it works beside a running one and without.
 */
abstract class ModelCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  boolean json;

  /** Asks the server. */
  abstract JsonNode result(NodeConfig config);

  /** Tells a person. */
  abstract void tell(JsonNode result, Terminal terminal);

  /** Whether what was found is well, so that the process ends with 0. */
  boolean isWell(JsonNode result) {
    return true;
  }

  final SmollamaCommand program() {
    return (SmollamaCommand) spec.root().userObject();
  }

  @Override
  public final Integer call() {
    JsonNode result = result(program().configuration());
    if (json) {
      program().terminal().json(result);
    } else {
      tell(result, program().terminal());
    }
    return isWell(result) ? 0 : 1;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** What a server's failure is about, without the server's name in front. */
  static String reason(ChatException failure) {
    return failure.getMessage().substring(failure.culprit().length() + 2);
  }

  /** What to do about a server that does not answer. */
  static String remedy(String part) {
    return part.equals("ollama")
        ? "Start it ('ollama serve', or 'sudo systemctl start ollama'), or name its address as"
            + " ollama.base_url or in SMOLLAMA_OLLAMA_BASE_URL; get it from https://ollama.com"
        : "Start it, or name its address as openai.base_url or in SMOLLAMA_OPENAI_BASE_URL";
  }

  /** No server, in one line. */
  static UserError noServer(ChatException failure, String part) {
    return new UserError(
        "%s. %s. A node works without it".formatted(failure.getMessage(), remedy(part)), failure);
  }
}
