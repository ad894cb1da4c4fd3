package io.smollama.cli;

import io.smollama.dashboard.PartHealth;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers how the parts are, so that a page view does not wait for an Ollama that hangs; a change
 * from well to not, and back, is one line in the log. Thread-safe.
 */
final class HealthMonitor {
  private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

  private final Supplier<List<PartHealth>> look;
  private volatile List<PartHealth> last =
      List.of(new PartHealth("node", PartHealth.State.OK, "starting"));

  HealthMonitor(Supplier<List<PartHealth>> look) {
    this.look = look;
  }

  /** How the parts were when last looked at. */
  List<PartHealth> last() {
    return last;
  }

  /** Looks anew; may take seconds. */
  void refresh() {
    List<PartHealth> before = last;
    List<PartHealth> now = look.get();
    last = now;
    for (PartHealth part : now) {
      boolean same =
          before.stream().anyMatch(b -> b.part().equals(part.part()) && b.state() == part.state());
      boolean firstSight = before.stream().noneMatch(b -> b.part().equals(part.part()));
      if (!same && !(firstSight && part.state() == PartHealth.State.OK)) {
        LOG.info("{} is {}: {}", part.part(), part.state().word(), part.says());
      }
    }
  }
}
