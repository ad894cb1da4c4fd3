package io.smollama.cli;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a node until the process is told to stop. One thread at a time. */
final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

  private final SmollamaCommand program;

  NodeProcess(SmollamaCommand program) {
    this.program = program;
  }

  /**
   * Runs it.
   *
   * @param overrides settings that go over all others
   * @return the exit code, if it ever ends by itself
   */
  int run(List<String> overrides) throws InterruptedException {
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
      announce(state, config, node);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    stopped.await();
    return 0;
  }

  private void announce(StateFolder state, NodeConfig config, Node node) {
    Optional<URI> address = node.address();
    address.ifPresent(
        uri -> new NodeFile(ProcessHandle.current().pid(), uri).write(state.nodeFile()));
    program
        .terminal()
        .line(
            "%s is running%s%s  (state in %s, Ctrl-C stops it)"
                .formatted(
                    config.node().name(),
                    address.map(uri -> ": " + uri).orElse(" without a web page"),
                    node.addressForNodes().map(uri -> ", for nodes " + uri).orElse(""),
                    state.path()));
  }
}
