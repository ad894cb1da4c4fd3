package io.smollama.agent;

import io.smollama.core.ToolSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools of a loop by name. Immutable. */
final class ToolBox {
  private final Map<String, Tool> tools = new LinkedHashMap<>();

  ToolBox(List<Tool> all) {
    for (Tool tool : all) {
      if (tools.put(tool.spec().name(), tool) != null) {
        throw new IllegalArgumentException("Two tools are named " + tool.spec().name());
      }
    }
  }

  List<ToolSpec> specs() {
    return tools.values().stream().map(Tool::spec).toList();
  }

  /** By its name, or one that differs in case, hyphens and underscores only. */
  Optional<Tool> find(String name) {
    if (tools.containsKey(name)) {
      return Optional.of(tools.get(name));
    }
    return tools.values().stream()
        .filter(tool -> ToolArguments.plain(tool.spec().name()).equals(ToolArguments.plain(name)))
        .findFirst();
  }

  String names() {
    return String.join(", ", tools.keySet());
  }
}
