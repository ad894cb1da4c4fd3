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
    tools.add(MemoryTools.recalling(store));
    tools.addAll(MemoryTools.keeping(store));
    outputs.ifPresent(envelope -> tools.addAll(OutputTools.of(envelope)));
    return List.copyOf(tools);
  }

  /**
   * Those of them that a model chooses among by a grammar, with the sources and outputs that it can
   * name: a small one would make up others, and has nothing to say that is worth keeping.
   *
   * @param nearest the sources that matter, at least one
   */
  static List<Tool> few(
      MemoryStore store,
      Optional<ActuatorEnvelope> outputs,
      List<String> nearest,
      InstantSource clock,
      ZoneId zone) {
    List<Tool> tools = new ArrayList<>();
    for (Tool tool : ReadingTools.of(store, clock, zone)) {
      if (tool.spec().name().matches("read_source|get_statistics")) {
        tools.add(WorkTool.among(tool, "source_id", nearest));
      }
    }
    tools.add(MemoryTools.recalling(store));
    List<String> names =
        outputs.stream()
            .flatMap(envelope -> envelope.outputs().stream())
            .map(ActuatorEnvelope.State::name)
            .toList();
    if (!names.isEmpty()) {
      OutputTools.of(outputs.orElseThrow()).stream()
          .filter(Tool::acts)
          .forEach(tool -> tools.add(WorkTool.among(tool, "pin", names)));
    }
    return List.copyOf(tools);
  }
}
