package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command on the files of a node that only reads them: it works beside a running node, without
 * asking it, and without one.
 */
abstract class FileCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  boolean json;

  /**
   * Does it.
   *
   * @param memory the memory file
   */
  abstract JsonNode result(StateFolder state, Path memory);

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
    SmollamaCommand program = program();
    StateFolder state = program.state();
    NodeConfig config = program.configuration();
    state.prepare();
    Natives.prepare(state);
    JsonNode result = result(state, Parts.memoryFile(config, state));
    if (json) {
      program.terminal().json(result);
    } else {
      tell(result, program.terminal());
    }
    return isWell(result) ? 0 : 1;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
