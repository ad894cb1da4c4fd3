package io.smollama.dashboard;

import io.smollama.core.Counted;
import java.util.List;

/** How the node is on the whole. */
record Wellness(List<PartHealth> parts) {

  /** {@code ok}, or {@code degraded} if a part fails; a part that is absent is no fault. */
  String word() {
    return count(PartHealth.State.FAILING) == 0 ? "ok" : "degraded";
  }

  /** The whole in a line for a person. */
  String says() {
    long failing = count(PartHealth.State.FAILING);
    long absent = count(PartHealth.State.ABSENT);
    if (failing > 0) {
      return failing + " of " + Counted.of(parts.size(), "part") + " failing";
    }
    return absent > 0
        ? "Well, without " + absent + " of " + Counted.of(parts.size(), "part")
        : "All well";
  }

  private long count(PartHealth.State state) {
    return parts.stream().filter(part -> part.state() == state).count();
  }
}
