package io.smollama.agent;

import io.smollama.core.SmollamaException;
import io.smollama.core.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the calls of one turn, and keeps them within its limits. One thread at a time. */
final class CallsSoFar {
  private static final Logger LOG = LoggerFactory.getLogger(CallsSoFar.class);
  private static final int SAME_ENDS_IT = 4;

  private final ToolBox tools;
  private final TurnLimits limits;
  private final List<Turn.Use> uses = new ArrayList<>();
  private final Map<String, ToolResult> results = new HashMap<>();
  private final Map<String, Integer> times = new HashMap<>();
  private boolean readFromOutside;

  CallsSoFar(ToolBox tools, TurnLimits limits) {
    this.tools = tools;
    this.limits = limits;
  }

  List<Turn.Use> uses() {
    return List.copyOf(uses);
  }

  boolean isLooping() {
    return times.values().stream().anyMatch(count -> count >= SAME_ENDS_IT);
  }

  boolean lastFailed() {
    return !uses.isEmpty() && uses.get(uses.size() - 1).result().failed();
  }

  boolean areUsedUp() {
    return uses.size() >= limits.calls();
  }

  Turn.Use use(ToolCall call, String model) {
    Turn.Use use = areUsedUp() ? refused(call) : done(call, model);
    uses.add(use);
    return use;
  }

  private Turn.Use refused(ToolCall call) {
    return new Turn.Use(
        call,
        ToolResult.failure(
            "no more than %d calls are done for one answer".formatted(limits.calls())),
        false);
  }

  private Turn.Use done(ToolCall call, String model) {
    Optional<Tool> tool = tools.find(call.name());
    String key = tool.map(found -> found.spec().name()).orElse(call.name()) + call.arguments();
    ToolResult result;
    if (tool.isEmpty()) {
      result =
          ToolResult.failure(
              "there is no tool '%s'; there are %s"
                  .formatted(shortened(call.name()), tools.names()));
    } else {
      try {
        ToolArguments arguments = ToolArguments.of(tool.get().spec(), call.arguments());
        key = tool.get().spec().name() + arguments;
        ToolResult before = results.get(key);
        times.merge(key, 1, Integer::sum);
        if (before != null) {
          return new Turn.Use(call, before, true);
        }
        result = called(tool.get(), arguments, model);
      } catch (ToolArguments.UnfitException e) {
        times.merge(key, 1, Integer::sum);
        result = ToolResult.failure(e.getMessage());
      }
    }
    if (tool.isEmpty()) {
      times.merge(key, 1, Integer::sum);
    }
    results.put(key, result);
    readFromOutside |= result.fromOutside();
    return new Turn.Use(call, result, false);
  }

  private ToolResult called(Tool tool, ToolArguments arguments, String model) {
    if (tool.acts() && readFromOutside) {
      return ToolResult.failure(
          "this answer has read words from outside, and acts no more; ask again without them");
    }
    try {
      return tool.call(arguments, new Tool.Asker(model, readFromOutside));
    } catch (IllegalArgumentException | SmollamaException e) {
      return ToolResult.failure(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.warn("The tool {} failed", tool.spec().name(), e);
      return ToolResult.failure("the tool failed inside; its log says why");
    }
  }

  /** As much of a result as the model gets to read. */
  String shown(ToolResult result) {
    String text = result.text();
    return text.length() <= limits.resultCharacters()
        ? text
        : text.substring(0, limits.resultCharacters())
            + "\n… cut here; ask for less to read the rest";
  }

  /** What is known without a word of the model. */
  String asAnswer() {
    return uses.isEmpty()
        ? "The model said nothing."
        : uses.stream()
            .filter(use -> !use.repeated())
            .map(use -> use.call().name() + ": " + shown(use.result()))
            .collect(Collectors.joining("\n", "The model said nothing. What it found out:\n", ""));
  }

  private static String shortened(String name) {
    return name.length() <= 64 ? name : name.substring(0, 64) + "…";
  }
}
