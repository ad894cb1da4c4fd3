package io.smollama.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code smollama run}: a node, until it is told to stop. */
@Command(name = "run", description = "Start the node; it runs until it is stopped (Ctrl-C).")
final class RunCommand implements Callable<Integer> {
  @ParentCommand private SmollamaCommand program;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "The port of the web page; 0 for any free one. Default: 8080.")
  private @Nullable Integer port;

  @Override
  public Integer call() throws InterruptedException {
    return new NodeProcess(program).run(overrides(port));
  }

  static List<String> overrides(@Nullable Integer port) {
    List<String> overrides = new ArrayList<>();
    if (port != null) {
      overrides.add("dashboard.port=" + port);
    }
    return overrides;
  }
}
