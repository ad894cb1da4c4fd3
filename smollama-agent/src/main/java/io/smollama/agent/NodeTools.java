package io.smollama.agent;

import io.smollama.readings.ActuatorEnvelope;
import java.util.ArrayList;
import java.util.List;

/** What a model can ask of a node, and have done by it. Thread-safe. */
public final class NodeTools {
  private NodeTools() {}

  /** The tools of a node, as far as it has the means. */
  public static List<Tool> of(NodeMeans means) {
    List<Tool> tools = new ArrayList<>(readings(means));
    tools.add(MemoryTools.recalling(means.store()));
    tools.addAll(MemoryTools.keeping(means.store()));
    tools.addAll(EventTools.of(means));
    means.outputs().ifPresent(envelope -> tools.addAll(OutputTools.of(envelope)));
    return List.copyOf(tools);
  }

  private static List<Tool> readings(NodeMeans means) {
    return ReadingTools.of(means.store(), means.config().trust(), means.clock(), means.zone());
  }

  /**
   * Those of them that a model chooses among by a grammar, with the sources and outputs that it can
   * name: a small one would make up others, and has nothing to say that is worth keeping.
   *
   * @param nearest the sources that matter; none are read if there are none
   */
  static List<Tool> few(NodeMeans means, List<String> nearest) {
    List<Tool> tools = new ArrayList<>();
    for (Tool tool : readings(means)) {
      boolean reads = tool.spec().name().matches("read_source|get_statistics");
      if (reads && !nearest.isEmpty()) {
        tools.add(WorkTool.among(tool, "source_id", nearest));
      }
    }
    tools.add(MemoryTools.recalling(means.store()));
    List<String> names =
        means.outputs().stream()
            .flatMap(envelope -> envelope.outputs().stream())
            .map(ActuatorEnvelope.State::name)
            .toList();
    if (!names.isEmpty()) {
      OutputTools.of(means.outputs().orElseThrow()).stream()
          .filter(Tool::acts)
          .forEach(tool -> tools.add(WorkTool.among(tool, "pin", names)));
    }
    return List.copyOf(tools);
  }
}
