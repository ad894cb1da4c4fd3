package io.smollama.cli;

import io.smollama.agent.AgentConfig;
import io.smollama.memory.DamagedFile;
import io.smollama.memory.MemoryException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a node until the process is told to stop. For one run. */
final class NodeProcess {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);

  /** A card that damages files again and again must be looked at. */
  private static final int MOST_RENEWALS = 3;

  private final SmollamaCommand program;
  private final Semaphore damaged = new Semaphore(0);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private @Nullable Node node;

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
    if (config.agent().mode() == AgentConfig.Mode.EDGE) {
      return new EdgeProcess(program, state, config).run(lock);
    }
    try {
      begin(state, config);
      MachineChecks machine = new MachineChecks(config, state, program.clock());
      Preflight.atStart(machine, new ServiceChecks(config, state)).logInBackground();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(state, lock), "smollama-stop"));
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
    for (int times = 0; times < MOST_RENEWALS && awaitDamage(); times++) {
      renew(state, config);
    }
    stopped.await();
    return 0;
  }

  private synchronized void begin(StateFolder state, NodeConfig config) {
    node = Node.start(open(state, config), Version.current(), damaged::release);
    announce(state, config, node);
  }

  private boolean awaitDamage() throws InterruptedException {
    damaged.acquire();
    damaged.drainPermits();
    return stopped.getCount() > 0;
  }

  /** Nobody may be near to start it again: it closes its file, has it mended and goes on. */
  private synchronized void renew(StateFolder state, NodeConfig config) {
    Node before = node;
    if (before != null && stopped.getCount() > 0) {
      LOG.warn("The memory file turned out to be damaged; the node looks at all of it and goes on");
      before.close();
      node = null;
      begin(state, config);
      damaged.drainPermits(); // what the node before still said
    }
  }

  private synchronized void stop(StateFolder state, NodeLock lock) {
    LOG.info("Stopping");
    stopped.countDown();
    damaged.release();
    NodeFile.delete(state.nodeFile());
    Node running = node;
    if (running != null) {
      running.close();
    }
    lock.close();
  }

  /** Nobody may be near to mend a file: it is kept, and the node goes on with what is left. */
  private Parts open(StateFolder state, NodeConfig config) {
    try {
      return Parts.open(state, config, program.clock());
    } catch (MemoryException e) {
      if (!e.isDamage()) {
        throw e;
      }
      Path memory = Parts.memoryFile(config, state);
      LOG.warn("{}", e.getMessage());
      DamagedFile.Mended mended = new DamagedFile(memory).mend(program.clock().instant());
      LOG.warn("{}", told(mended));
      return Parts.open(state, config, program.clock());
    }
  }

  private static String told(DamagedFile.Mended mended) {
    String kept = "The damaged memory file is kept as " + mended.kept();
    return mended
            .carried()
            .map(
                carried ->
                    "%s. Readings of %,d chunks were carried over, lost: %s"
                        .formatted(
                            kept,
                            carried.rows().getOrDefault("chunk", 0L),
                            carried.losses().isEmpty()
                                ? "nothing"
                                : String.join(
                                        "; ",
                                        carried
                                            .losses()
                                            .subList(0, Math.min(3, carried.losses().size())))
                                    + (carried.losses().size() > 3 ? "; ..." : "")))
            .orElse(
                kept
                    + ". Nothing of it can be read now, or the disk is too full to: the node begins without"
                    + " readings. 'smollama memory salvage' carries over what can be read")
        + ". Observations and facts come from the journal";
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
