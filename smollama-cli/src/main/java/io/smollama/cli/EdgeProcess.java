package io.smollama.cli;

import io.smollama.dashboard.PartHealth;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an edge node until the process is told to stop. For one run. */
final class EdgeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(EdgeProcess.class);
  private static final Duration LOOKS_EVERY = Duration.ofSeconds(10);

  private final SmollamaCommand program;
  private final StateFolder state;
  private final NodeConfig config;
  private final Chores chores = new Chores();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Map<String, PartHealth.State> told = new HashMap<>();

  EdgeProcess(SmollamaCommand program, StateFolder state, NodeConfig config) {
    this.program = program;
    this.state = state;
    this.config = config;
  }

  /**
   * Runs it.
   *
   * @param lock on the folder, let go of at the end
   */
  int run(NodeLock lock) throws InterruptedException {
    try {
      if (config.node().role() == NodeConfig.Role.LLAMA) {
        throw new UserError("An edge node (agent.mode: edge) cannot be a Llama server besides");
      }
      EdgeNode node = EdgeNode.start(state, config, program.clock());
      announce(node);
      Preflight.atStart(
              new MachineChecks(config, state, program.clock()), new ServiceChecks(config, state))
          .logInBackground();
      chores.nowAndEvery(LOOKS_EVERY, () -> look(node));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, lock), "smollama-stop"));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    stopped.await();
    return 0;
  }

  private void announce(EdgeNode node) {
    program
        .terminal()
        .line(
            "%s is running as an edge node: it says what it senses under %s, every %s, and keeps nothing"
                    .formatted(
                        config.node().name(),
                        node.topic(),
                        words(config.agent().edgePublishInterval()))
                + "  (state in %s, Ctrl-C stops it)".formatted(state.path()));
  }

  private static String words(Duration interval) {
    return interval.toMillis() % 1_000 == 0
        ? interval.toSeconds() + " s"
        : interval.toMillis() + " ms";
  }

  /** A change is one line in the log, and in the file for the commands; nothing else is written. */
  private synchronized void look(EdgeNode node) {
    List<PartHealth> parts = node.health();
    boolean changed = false;
    for (PartHealth part : parts) {
      if (told.put(part.part(), part.state()) != part.state()) {
        changed = true;
        if (part.state() == PartHealth.State.FAILING) {
          LOG.warn("{} is failing: {}", part.part(), part.says());
        } else {
          LOG.info("{} is {}: {}", part.part(), part.state().word(), part.says());
        }
      }
    }
    if (changed && stopped.getCount() > 0) {
      EdgeFile.of(config.node().name(), node.topic(), parts).write(state.edgeFile());
    }
  }

  private synchronized void stop(EdgeNode node, NodeLock lock) {
    LOG.info("Stopping");
    stopped.countDown();
    chores.close();
    EdgeFile.delete(state.edgeFile());
    node.close();
    lock.close();
  }
}
