package io.smollama.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code smollama preflight}: whether everything is there that a node uses. */
@Command(
    name = "preflight",
    description = {
      "Look at everything that a node uses, and say what to do about what is not well.",
      "Beside a running node or before the first. Ends with 1 only if a node could not run."
    })
final class PreflightCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParentCommand private SmollamaCommand program;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    List<Check> checks = new ArrayList<>();
    NodeConfig config = configuration(checks);
    MachineChecks machine = new MachineChecks(config, program.state(), program.clock());
    checks.addAll(Preflight.of(machine, new ServiceChecks(config, program.state())).run());
    boolean well = checks.stream().noneMatch(Check::isFatal);
    if (json) {
      program.terminal().json(document(checks, well));
    } else {
      tell(checks, well);
    }
    return well ? 0 : 1;
  }

  /** What is wrong with it keeps nothing else from being looked at, as it is by default. */
  private NodeConfig configuration(List<Check> checks) {
    try {
      NodeConfig config = program.configuration();
      checks.add(Check.ok("config", "node " + config.node().name()));
      return config;
    } catch (UserError e) {
      checks.add(
          Check.missing(
              "config", e.getMessage(), "Mend that; what follows was looked at with the defaults"));
      return NodeConfig.defaults();
    }
  }

  private static ObjectNode document(List<Check> checks, boolean well) {
    ObjectNode document = JSON.createObjectNode().put("can_run", well);
    ArrayNode list = document.putArray("checks");
    for (Check check : checks) {
      list.addObject()
          .put("name", check.name())
          .put("state", check.state().word())
          .put("fatal", check.isFatal())
          .put("words", check.words())
          .put("fix", check.fix());
    }
    return document;
  }

  private void tell(List<Check> checks, boolean well) {
    for (Check check : checks) {
      program
          .terminal()
          .line("%-9s  %-12s  %s".formatted(check.state().word(), check.name(), check.says()));
    }
    program.terminal().line(well ? "A node can run." : "A node CANNOT run as things are.");
  }
}
