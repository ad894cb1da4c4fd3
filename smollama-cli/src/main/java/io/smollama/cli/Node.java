package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smollama.agent.Ask;
import io.smollama.dashboard.Dashboard;
import io.smollama.dashboard.DashboardConfig;
import io.smollama.dashboard.NodeView;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import io.smollama.readings.Sampler;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: the parts, sampled on a schedule, observed, remembered and shown. Readings travel
 * from the sampler to the history, to the observer and to the open pages. Thread-safe.
 */
final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration HEALTH_EVERY = Duration.ofSeconds(10);
  private static final Duration DAMAGE_SHOWS_WITHIN = Duration.ofSeconds(5);
  private static final Duration CLOCK_EVERY = Duration.ofMinutes(1);

  private final Parts parts;
  private final Sampler sampler;
  private final Optional<NodeOutputs> outputs;
  private final NodeAgent agent;
  private final NodeSenses senses;
  private final Optional<Dashboard> dashboard;
  private final HealthMonitor health;
  private final Runnable onDamage;
  private final Chores chores = new Chores();
  private final AtomicBoolean closed = new AtomicBoolean();
  private String toldOfSpace = "";

  private Node(
      Parts parts,
      Sampler sampler,
      Optional<NodeOutputs> outputs,
      NodeAgent agent,
      Optional<Dashboard> dashboard,
      HealthMonitor health,
      Runnable onDamage) {
    this.agent = agent;
    this.parts = parts;
    this.senses = new NodeSenses(parts, agent, dashboard);
    this.onDamage = onDamage;
    this.health = health;
    this.sampler = sampler;
    this.outputs = outputs;
    this.dashboard = dashboard;
  }

  /**
   * Starts everything; the parts are closed with the node, also when starting fails.
   *
   * @param onDamage called, again and again, once the memory file turns out to be damaged: the node
   *     is to be closed then, and its file mended
   */
  static Node start(Parts parts, String version, Runnable onDamage) {
    Sampler sampler = new Sampler(parts.hub(), parts.config().readings(), System::nanoTime);
    List<AutoCloseable> opened = new ArrayList<>(List.of(sampler));
    try {
      HealthMonitor health = new HealthMonitor(parts);
      Optional<NodeOutputs> outputs =
          Optional.of(NodeOutputs.start(parts.pins(), parts.memory().audit(), parts.clock()));
      outputs.ifPresent(opened::add);
      Optional<Dashboard> dashboard = dashboard(parts, outputs, health, version);
      dashboard.ifPresent(opened::add);
      NodeAgent agent = parts.talk().agent(outputs.map(NodeOutputs::envelope));
      agent.start(noted -> dashboard.ifPresent(page -> page.observed(noted)));
      opened.add(agent);
      Node node = new Node(parts, sampler, outputs, agent, dashboard, health, onDamage);
      sampler.listen(node.senses::take);
      sampler.listen(parts.displays()::take);
      parts.sync().start(parts.memory());
      parts.messages().start();
      sampler.start();
      node.scheduleChores();
      return node;
    } catch (RuntimeException e) {
      opened.add(parts);
      Closing.all(opened);
      throw e;
    }
  }

  private static Optional<Dashboard> dashboard(
      Parts parts, Optional<NodeOutputs> outputs, HealthMonitor health, String version) {
    DashboardConfig config = parts.config().dashboard();
    if (!config.enabled()) {
      return Optional.empty();
    }
    Ask ask = parts.ask(List::of);
    NodeView view =
        new NodeView(
            parts.config().node().name(),
            version,
            parts.memory(),
            ask,
            () -> parts.memory().readings().latest(),
            health::now,
            Optional.of(parts.syncDesk()),
            Optional.of(parts.actDesk(outputs.map(NodeOutputs::envelope))),
            Optional.of(parts.talk().desk(ask, outputs.map(NodeOutputs::envelope))),
            Optional.of(parts.talk().lookDesk()),
            parts.clock(),
            ZoneId.systemDefault());
    return Optional.of(Dashboard.start(config, view));
  }

  /** The address of the web page; empty if it is switched off. */
  Optional<URI> address() {
    return dashboard.map(Dashboard::address);
  }

  /** Where other nodes come to; empty if this is no server. */
  Optional<URI> addressForNodes() {
    return parts.sync().address();
  }

  private void scheduleChores() {
    Duration interval = parts.config().memory().observationInterval();
    if (parts.config().memory().observationEnabled()) {
      chores.every(interval, senses::sumUp);
    }
    chores.every(Duration.ofHours(1), this::prune);
    chores.every(Duration.ofHours(6), this::compact);
    chores.every(Duration.ofMinutes(1), this::tellOfFreeSpace);
    chores.every(DAMAGE_SHOWS_WITHIN, this::tellOfDamage);
    chores.nowAndEvery(CLOCK_EVERY, parts.journal().clockMarks()::look);
    chores.nowAndEvery(HEALTH_EVERY, health::refresh);
    ReadingsInLog inLog = parts.readingsInLog();
    chores.nowAndEvery(parts.config().sync().readings().every(), inLog::share);
    chores.every(Duration.ofHours(1), inLog::tidy);
    chores.every(Duration.ofHours(1), parts.sync()::tidy);
  }

  private void prune() {
    long gone = parts.memory().readings().retain(parts.config().memory());
    if (gone > 0) {
      LOG.info("Let go of {} old readings", gone);
    }
  }

  private void compact() {
    JsonNode done = parts.care().compact(JsonNodeFactory.instance.objectNode());
    if (done.path("summaries").asInt() > 0) {
      LOG.info("Summed up {} old observations", done.path("covered").asInt());
    }
  }

  /** Once when it begins and once when it ends: what is given up is never given up in silence. */
  private void tellOfFreeSpace() {
    String warning = parts.memory().readings().warning();
    if (!warning.equals(toldOfSpace)) {
      String text = warning.isEmpty() ? "There is room on the disk again" : "Since now " + warning;
      senses.record(NewObservation.of(text, ObservationType.STATUS, List.of()));
      toldOfSpace = warning;
    }
  }

  private void tellOfDamage() {
    if (parts.memory().upkeep().isSuspect()) {
      onDamage.run();
    }
  }

  /** Stops sensing, then writes and closes everything. Calling it again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      chores.close();
      List<AutoCloseable> things = new ArrayList<>(List.of(sampler));
      dashboard.ifPresent(things::add);
      things.add(agent);
      outputs.ifPresent(things::add);
      things.add(parts);
      Closing.all(things);
    }
  }
}
