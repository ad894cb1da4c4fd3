package io.smollama.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code smollama llama}: a node that is the server of others besides. */
@Command(
    name = "llama",
    description = {
      "Start the node as a Llama server; it runs until it is stopped (Ctrl-C).",
      "Other nodes bring it what they know and take what the others know. Each needs a token:",
      "smollama token create NAME. The same as 'run' with node.role: llama."
    })
final class LlamaCommand implements Callable<Integer> {
  @ParentCommand private SmollamaCommand program;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "The port of the web page, for this machine only. Default: 8080.")
  private @Nullable Integer port;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where nodes come to. Default: 0.0.0.0:8090, all addresses of this machine.")
  private @Nullable String listen;

  @Override
  public Integer call() throws InterruptedException {
    List<String> overrides = RunCommand.overrides(port);
    overrides.add("node.role=llama");
    if (listen != null) {
      int colon = listen.lastIndexOf(':');
      if (colon < 1) {
        throw UserError.ofUsage(
            "--listen is written HOST:PORT, for example 0.0.0.0:8090; was '%s'".formatted(listen));
      }
      String host = listen.substring(0, colon).replaceAll("^\\[|\\]$", "");
      overrides.add("sync.server.host=" + host);
      overrides.add("sync.server.port=" + listen.substring(colon + 1));
    }
    return new NodeProcess(program).run(overrides);
  }
}
