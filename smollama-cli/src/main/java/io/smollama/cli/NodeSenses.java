package io.smollama.cli;

import io.smollama.agent.StatisticalObserver;
import io.smollama.agent.StatusReport;
import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.dashboard.Dashboard;
import io.smollama.memory.MemoryException;
import io.smollama.memory.NewObservation;
import io.smollama.readings.ChangeFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where what a running node senses goes: to the history, to the open pages, to the agent, to the
 * observer, and what that notices into the memory. One batch at a time; otherwise thread-safe.
 */
final class NodeSenses {
  private static final Logger LOG = LoggerFactory.getLogger(NodeSenses.class);
  private static final int LEARNT_PER_SOURCE = 720;

  private final Parts parts;
  private final NodeAgent agent;
  private final Optional<Dashboard> dashboard;
  private final StatisticalObserver observer = new StatisticalObserver(ZoneId.systemDefault());
  private final StatusReport report;
  private final ChangeFilter worth;
  private final Doubts doubts = new Doubts();
  private boolean learnt;

  NodeSenses(Parts parts, NodeAgent agent, Optional<Dashboard> dashboard) {
    this.parts = parts;
    this.agent = agent;
    this.dashboard = dashboard;
    this.report = new StatusReport(parts.memory().readings());
    this.worth = new ChangeFilter(parts.config().readings().sources());
  }

  /** A batch of the sampler. */
  void take(List<Reading> readings) {
    List<NewObservation> noticed = new ArrayList<>();
    if (!learnt) {
      learnt = true;
      learn();
      report.atStart(parts.config().node().name(), readings).ifPresent(noticed::add);
    }
    keep(readings);
    dashboard.ifPresent(page -> page.readings(readings));
    agent.take(readings);
    if (parts.config().memory().observationEnabled()) {
      noticed.addAll(doubts.of(readings));
      noticed.addAll(observer.observe(sound(readings)));
      noticed.addAll(observer.tick(parts.clock().instant()));
      noticed.forEach(this::record);
    }
  }

  /** What is in doubt says nothing of what is usual. */
  private static List<Reading> sound(List<Reading> readings) {
    return readings.stream().filter(reading -> reading.quality() == Quality.GOOD).toList();
  }

  /** A full disk must not keep readings from the page; the health of the memory tells of it. */
  private void keep(List<Reading> readings) {
    try {
      parts.memory().readings().append(worth.worthKeeping(readings));
    } catch (MemoryException e) {
      LOG.debug("Readings wait to be written", e);
    }
  }

  /** A node that starts again knows what was usual before. */
  private void learn() {
    Instant now = parts.clock().instant();
    Instant since = now.minus(parts.config().memory().observationLookback());
    for (Reading latest : parts.memory().readings().latest()) {
      if (latest.source().node().isEmpty()) {
        observer.learn(
            parts.memory().readings().range(latest.source(), since, now, LEARNT_PER_SOURCE));
      }
    }
  }

  /** Something was noticed: it is remembered, shown, and may be an occasion for the agent. */
  void record(NewObservation noticed) {
    LOG.info("Observed: {}", noticed.text());
    var observation = parts.memory().observe(parts.config().agent().marked(noticed));
    dashboard.ifPresent(page -> page.observed(observation));
    agent.noticed(noticed);
  }

  /** How the last while was, as an observation. */
  void sumUp() {
    Duration lookback = parts.config().memory().observationLookback();
    report.over(lookback, parts.clock().instant()).ifPresent(this::record);
  }
}
