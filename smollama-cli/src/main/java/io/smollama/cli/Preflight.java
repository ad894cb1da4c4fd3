package io.smollama.cli;

import io.smollama.agent.AgentConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at everything that a node uses, all at once, each within its deadline. What fails or hangs
 * is told of and keeps nothing else from being looked at. Immutable.
 *
 * @param looks what is looked at, in the order in which it is told
 */
record Preflight(List<Look> looks) {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  private static final Set<String> OF_EDGE =
      Set.of("java", "state folder", "node", "sqlite", "clock", "gpio", "messages");

  /** A server of this network answers in far less, one that is away never. */
  private static final Duration SHORT = Duration.ofSeconds(10);

  /** A small machine loads a model from a slow card. */
  private static final Duration LONG = Duration.ofSeconds(60);

  /** One thing to look at. Immutable. */
  record Look(String name, Duration deadline, Supplier<Check> check) {}

  Preflight {
    looks = List.copyOf(looks);
  }

  /** All of a node that may run or not. */
  static Preflight of(MachineChecks machine, ServiceChecks services) {
    return used(
        services,
        List.of(
            new Look("java", SHORT, machine::java),
            new Look("state folder", SHORT, machine::stateFolder),
            new Look("node", SHORT, machine::node),
            new Look("sqlite", SHORT, machine::sqlite),
            new Look("clock", SHORT, machine::clock),
            new Look("gpio", SHORT, machine::gpio),
            new Look("devices", SHORT, machine::devices),
            new Look("embeddings", LONG, services::embeddings),
            new Look("chat", SHORT, services::chat),
            new Look("messages", SHORT, services::messages),
            new Look("llama server", SHORT, services::llamaServer),
            new Look("web page", SHORT, machine::webPage),
            new Look("for nodes", SHORT, machine::portForNodes)));
  }

  /** What a node that starts does not find out by itself, or cannot say the fix of. */
  static Preflight atStart(MachineChecks machine, ServiceChecks services) {
    return used(
        services,
        List.of(
            new Look("state folder", SHORT, machine::stateFolder),
            new Look("clock", SHORT, machine::clock),
            new Look("chat", SHORT, services::chat),
            new Look("messages", SHORT, services::messages),
            new Look("llama server", SHORT, services::llamaServer)));
  }

  /** An edge node has no models, no page and no server, and nobody shall look for them. */
  private static Preflight used(ServiceChecks services, List<Look> all) {
    boolean edge = services.config().agent().mode() == AgentConfig.Mode.EDGE;
    return new Preflight(
        edge ? all.stream().filter(look -> OF_EDGE.contains(look.name())).toList() : all);
  }

  /** Looks, and waits at most as long as the longest deadline. */
  List<Check> run() {
    long start = System.nanoTime();
    List<FutureTask<Check>> tasks = new ArrayList<>();
    for (Look look : looks) {
      FutureTask<Check> task = new FutureTask<>(look.check()::get);
      Thread thread = new Thread(task, "smollama-preflight-" + look.name());
      thread.setDaemon(true);
      thread.start();
      tasks.add(task);
    }
    List<Check> found = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      found.add(result(looks.get(i), tasks.get(i), start));
    }
    return List.copyOf(found);
  }

  /** Says in the log what is not well; returns at once. */
  void logInBackground() {
    Thread thread = new Thread(this::log, "smollama-preflight");
    thread.setDaemon(true);
    thread.start();
  }

  void log() {
    for (Check check : run()) {
      if (check.state() == Check.State.WARNING || check.isFatal()) {
        LOG.warn("{}: {}", check.name(), check.says());
      } else if (!check.isOk()) {
        LOG.info("{} is not there: {}", check.name(), check.says());
      }
    }
  }

  private static Check result(Look look, FutureTask<Check> task, long start) {
    long left = look.deadline().toNanos() - (System.nanoTime() - start);
    try {
      return task.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      return Check.warning(
          look.name(),
          "nothing was found out within %d s".formatted(look.deadline().toSeconds()),
          "Try again when the machine has less to do; if it stays so, what is looked at hangs");
    } catch (ExecutionException e) {
      return Check.warning(
          look.name(),
          "looking at it failed: " + e.getCause().getMessage(),
          "Run the same command with -v, and report it");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      task.cancel(true);
      return Check.warning(look.name(), "the look was interrupted", "Try again");
    }
  }
}
