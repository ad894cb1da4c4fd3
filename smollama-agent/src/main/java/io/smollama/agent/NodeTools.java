package io.smollama.agent;

import io.smollama.memory.MemoryStore;
import io.smollama.readings.ActuatorEnvelope;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a model can ask of a node, and have done by it. Thread-safe. */
public final class NodeTools {
  private NodeTools() {}

  /**
   * The tools of a node.
   *
   * @param outputs what can be switched; empty for tools that only look and remember
   * @param zone by which times are told
   */
  public static List<Tool> of(
      MemoryStore store, Optional<ActuatorEnvelope> outputs, InstantSource clock, ZoneId zone) {
    List<Tool> tools = new ArrayList<>(ReadingTools.of(store, clock, zone));
    tools.addAll(MemoryTools.of(store));
    outputs.ifPresent(envelope -> tools.addAll(OutputTools.of(envelope)));
    return List.copyOf(tools);
  }
}
