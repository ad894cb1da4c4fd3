package io.smollama.cli;

import io.smollama.dashboard.PartHealth;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the parts from time to time. What takes long to find out, whether a model answers, is
 * remembered, so that a page view need not wait; the rest is always new. A change from well to not,
 * and back, is one line in the log. Thread-safe.
 */
final class HealthMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

  private final Parts parts;
  private volatile PartHealth model;
  private List<PartHealth> before = List.of();

  HealthMonitor(Parts parts) {
    this.parts = parts;
    this.model = parts.health().modelNotAsked();
  }

  /** How the parts are now; answers at once. */
  List<PartHealth> now() {
    return parts.health().now(model);
  }

  /** Looks anew, also at what takes seconds. */
  synchronized void refresh() {
    model = parts.health().model();
    List<PartHealth> after = now();
    for (PartHealth part : after) {
      Optional<PartHealth> known =
          before.stream().filter(b -> b.part().equals(part.part())).findFirst();
      PartHealth.State last = known.map(PartHealth::state).orElse(PartHealth.State.OK);
      boolean model = part.part().equals(this.model.part()) && known.isEmpty();
      if (part.state() == PartHealth.State.FAILING && part.state() != last) {
        LOG.warn("{} is failing: {}", part.part(), part.says());
      } else if (part.state() != last || model) {
        LOG.info("{} is {}: {}", part.part(), part.state().word(), part.says());
      }
    }
    before = after;
  }
}
