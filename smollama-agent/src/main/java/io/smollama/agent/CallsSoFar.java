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
  private static final String ENOUGH = "no more than %d calls are done for one answer";

  private final ToolBox tools;
  private final TurnLimits limits;
  private final List<Turn.Use> uses = new ArrayList<>();
  private final Map<String, ToolResult> results = new HashMap<>();
  private final Map<String, Integer> times = new HashMap<>();
  private boolean readFromOutside;

  CallsSoFar(ToolBox tools, TurnLimits limits, boolean readOutside) {
    this.tools = tools;
    this.limits = limits;
    this.readFromOutside = readOutside;
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
    Optional<Tool> tool = tools.find(call.name());
    boolean acting = tool.map(Tool::acts).orElse(true);
    Turn.Use use =
        areUsedUp()
            ? new Turn.Use(
                call, ToolResult.failure(ENOUGH.formatted(limits.calls())), false, acting)
            : done(call, tool, acting, model);
    uses.add(use);
    return use;
  }

  private Turn.Use done(ToolCall call, Optional<Tool> tool, boolean acting, String model) {
    String key = call.name() + call.arguments();
    ToolResult result;
    try {
      Tool found = tool.orElseThrow(() -> unknown(call));
      ToolArguments arguments = ToolArguments.of(found.spec(), call.arguments());
      key = found.spec().name() + arguments;
      ToolResult before = results.get(key);
      if (before != null) {
        times.merge(key, 1, Integer::sum);
        return new Turn.Use(call, before, true, acting);
      }
      result = called(found, arguments, model);
    } catch (ToolArguments.UnfitException e) {
      result = ToolResult.failure(e.getMessage());
    }
    if (result.receipt().isPresent()) {
      results.clear(); // what was read or done before may not be so any more
    }
    times.merge(key, 1, Integer::sum);
    results.put(key, result);
    readFromOutside |= result.fromOutside();
    return new Turn.Use(call, result, false, acting);
  }

  private ToolArguments.UnfitException unknown(ToolCall call) {
    return new ToolArguments.UnfitException(
        "there is no tool '%s'; there are %s".formatted(shortened(call.name()), tools.names()));
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

  /**
   * A call as the model is told again that it made it: what was too long to be read is left out.
   */
  static ToolCall repeatable(ToolCall call) {
    return call.arguments().length() <= ToolArguments.MOST_CHARACTERS
        ? call
        : new ToolCall(call.id(), shortened(call.name()), "{}");
  }

  /** As much of a result as the model gets to read. */
  String shown(ToolResult result) {
    String text = result.text();
    return text.length() <= limits.resultCharacters()
        ? text
        : text.substring(0, limits.resultCharacters())
            + "\n… cut here; ask for less to read the rest";
  }

  /**
   * What is known without a word of the model.
   *
   * @param why there is none, as a sentence
   */
  String asAnswer(String why) {
    return uses.isEmpty()
        ? why
        : uses.stream()
            .filter(use -> !use.repeated())
            .map(use -> use.call().name() + ": " + shown(use.result()))
            .collect(Collectors.joining("\n", why + " What it found out:\n", ""));
  }

  private static String shortened(String name) {
    return name.length() <= 64 ? name : name.substring(0, 64) + "…";
  }
}
