package io.smollama.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code smollama run}: a node, until it is told to stop. */
@Command(name = "run", description = "Start the node; it runs until it is stopped (Ctrl-C).")
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @ParentCommand private SmollamaCommand program;

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "The port of the web page; 0 for any free one. Default: 8080.")
  private @Nullable Integer port;

  @Override
  public Integer call() throws InterruptedException {
    List<String> overrides = new ArrayList<>();
    if (port != null) {
      overrides.add("dashboard.port=" + port);
    }
    NodeConfig config = program.configuration(overrides.toArray(String[]::new));
    StateFolder state = program.state();
    state.prepare();
    NodeAccess.Found found = new NodeAccess(state).find();
    if (found.running().isPresent()) {
      NodeFile other = found.running().get();
      throw new UserError(
          "A node runs on %s already: %s, process %d. Stop it first, or name another folder with SMOLLAMA_HOME"
              .formatted(state.path(), other.address(), other.pid()));
    }
    NodeLock lock = found.lock().orElseThrow();
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      Node node = Node.start(Parts.open(state, config, program.clock()), Version.current());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    LOG.info("Stopping");
                    NodeFile.delete(state.nodeFile());
                    node.close();
                    lock.close();
                    stopped.countDown();
                  },
                  "smollama-stop"));
      announce(state, config, node.address());
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    stopped.await();
    return 0;
  }

  private void announce(StateFolder state, NodeConfig config, Optional<URI> address) {
    address.ifPresent(
        uri -> new NodeFile(ProcessHandle.current().pid(), uri).write(state.nodeFile()));
    program
        .terminal()
        .line(
            "%s is running%s  (state in %s, Ctrl-C stops it)"
                .formatted(
                    config.node().name(),
                    address.map(uri -> ": " + uri).orElse(" without a web page"),
                    state.path()));
  }
}
