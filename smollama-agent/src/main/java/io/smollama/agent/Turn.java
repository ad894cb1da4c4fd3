package io.smollama.agent;

import io.smollama.core.ActRecord;
import io.smollama.core.ToolCall;
import java.util.List;
import java.util.Optional;

/**
 * How a model answered once, with the tools that it used. Immutable.
 *
 * @param text the answer, never blank
 * @param uses what it asked for, in order
 * @param ending why it ended
 * @param model the model that spoke; empty if none did
 */
public record Turn(String text, List<Use> uses, Ending ending, Optional<String> model) {

  /**
   * A call and its result. Immutable.
   *
   * @param call as the model wrote it
   * @param result what came of it
   * @param repeated whether it was the same call as before, whose result was given again
   * @param acting whether it was to change the world, or nobody knows what it was to do
   */
  public record Use(ToolCall call, ToolResult result, boolean repeated, boolean acting) {}

  /** Why a turn ended. */
  public enum Ending {
    /** The model had answered. */
    ANSWERED,
    /** It called the same tool again and again. */
    LOOPED,
    /** It used up its rounds, calls or time. */
    LIMITS,
    /** It did not answer, or not in words. */
    SILENT
  }

  public Turn {
    uses = List.copyOf(uses);
  }

  /** What was done to outputs in this turn, and what was tried. */
  public List<ActRecord> receipts() {
    return uses.stream()
        .filter(use -> !use.repeated())
        .flatMap(use -> use.result().receipt().stream())
        .toList();
  }
}
