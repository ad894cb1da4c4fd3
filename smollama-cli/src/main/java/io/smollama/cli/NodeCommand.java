package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.memory.MemoryException;
import io.smollama.memory.VectorProgress;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that asks a node something. A running node is asked over HTTP; without one the parts
 * are opened here. Both give the same JSON, from which the text for people is made.
 */
abstract class NodeCommand implements Callable<Integer> {
  static final ObjectMapper JSON = new ObjectMapper();

  @Spec CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  boolean json;

  /** The program, however deep the command lies in it. */
  final SmollamaCommand program() {
    return (SmollamaCommand) spec.root().userObject();
  }

  /** Refuses arguments that make no sense, before anything is opened. */
  void check() {}

  /** A complaint about the arguments; the process ends with 2. */
  final ParameterException wrongUsage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /** Asks the node that runs. */
  abstract JsonNode ask(NodeClient node);

  /** Finds out without one and without its parts; empty if that needs them. */
  Optional<JsonNode> apart() {
    return Optional.empty();
  }

  /** Finds out without one. */
  abstract JsonNode ask(Parts parts);

  /** Finds out without a memory, whose file is damaged. */
  JsonNode withoutMemory(MemoryException damage) {
    throw damage;
  }

  /** Finds out beside an edge node, which cannot be asked. */
  JsonNode ask(EdgeFile edge) {
    throw edge.refusal(program().state());
  }

  /** Tells a person. */
  abstract void tell(JsonNode answer, Terminal terminal);

  /** Whether what was found is well, so that the process ends with 0. */
  boolean isWell(JsonNode answer) {
    return true;
  }

  @Override
  public final Integer call() {
    check();
    JsonNode answer = answer();
    if (!answer.isMissingNode()) { // else it has been told line by line
      if (json) {
        program().terminal().json(answer);
      } else {
        tell(answer, program().terminal());
      }
    }
    return isWell(answer) ? 0 : 1;
  }

  private JsonNode answer() {
    NodeConfig config = program().configuration();
    StateFolder state = program().state();
    NodeAccess access = new NodeAccess(state);
    Optional<EdgeFile> edge = access.edge();
    if (edge.isPresent()) {
      return ask(edge.get());
    }
    NodeAccess.Found found = access.findOrPrepare();
    if (found.running().isPresent()) {
      return ask(new NodeClient(found.running().get()));
    }
    NodeLock lock = found.lock().orElseThrow();
    try {
      Optional<JsonNode> apart = apart();
      return apart.isPresent() ? apart.get() : withParts(state, config);
    } finally {
      lock.close();
    }
  }

  private JsonNode withParts(StateFolder state, NodeConfig config) {
    try (Parts parts = Parts.open(state, config, program().clock())) {
      return ask(parts);
    } catch (MemoryException e) {
      if (e.isDamage()) {
        return withoutMemory(e);
      }
      throw e;
    }
  }

  /** Tells how far the vectors are on standard error, at most once a second and at the end. */
  final Consumer<VectorProgress> progress() {
    return new ProgressLines(spec.commandLine().getErr(), System::nanoTime);
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
