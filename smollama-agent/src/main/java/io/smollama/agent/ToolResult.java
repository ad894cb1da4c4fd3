package io.smollama.agent;

import io.smollama.core.ActRecord;
import java.util.Objects;
import java.util.Optional;

/**
 * What a tool gave back. Immutable.
 *
 * @param text for the model to read; of a failure one line that says what to do
 * @param failed whether it did not do what it was asked
 * @param receipt what became of an act, if it was one
 * @param kept whether something was kept, which may be told of
 * @param fromOutside whether the text holds words that somebody outside the node wrote
 */
public record ToolResult(
    String text, boolean failed, Optional<ActRecord> receipt, boolean kept, boolean fromOutside) {
  public ToolResult {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(receipt, "receipt");
  }

  /** An answer in words of the node. */
  public static ToolResult of(String text) {
    return new ToolResult(text, false, Optional.empty(), false, false);
  }

  /** That something was kept in the memory. */
  public static ToolResult ofKept(String text) {
    return new ToolResult(text, false, Optional.empty(), true, false);
  }

  /** An answer that quotes somebody outside. */
  public static ToolResult quoting(String text) {
    return new ToolResult(text, false, Optional.empty(), false, true);
  }

  /** What was wrong, and what to do. */
  public static ToolResult failure(String text) {
    return new ToolResult("error: " + text, true, Optional.empty(), false, false);
  }

  /** What became of an act. */
  public static ToolResult of(ActRecord receipt) {
    return new ToolResult(
        (receipt.isSuccess() ? "ok: " : "error: ") + receipt.says(),
        !receipt.isSuccess(),
        Optional.of(receipt),
        false,
        false);
  }
}
