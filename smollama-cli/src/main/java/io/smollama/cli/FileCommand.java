package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/**
 * A command on the files of a node that only reads them: it works beside a running node, without
 * asking it, and without one.
 */
abstract class FileCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParentCommand MemoryCommand group;

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

  @Override
  public final Integer call() {
    StateFolder state = group.program.state();
    NodeConfig config = group.program.configuration();
    state.prepare();
    Natives.prepare(state);
    JsonNode result = result(state, Parts.memoryFile(config, state));
    if (json) {
      group.program.terminal().json(result);
    } else {
      tell(result, group.program.terminal());
    }
    return isWell(result) ? 0 : 1;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
