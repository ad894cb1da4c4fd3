package io.smollama.agent;

import io.smollama.core.ToolSpec;

/**
 * Something that a model may ask for. Implementations answer within seconds, and tell failures as
 * {@link ToolResult#failure}; what they throw besides becomes one. Thread-safe.
 */
public interface Tool {
  /**
   * How it is offered. Its parameters are an object of texts, numbers, flags and lists of texts.
   */
  ToolSpec spec();

  /**
   * Whether it changes the world outside the node. Such a tool is not called any more in a turn
   * that has read words from outside.
   */
  default boolean acts() {
    return false;
  }

  /**
   * Does it.
   *
   * @param arguments as the parameters say, checked
   * @param asker who asks
   */
  ToolResult call(ToolArguments arguments, Asker asker);

  /**
   * Who calls a tool. Immutable.
   *
   * @param model which model, for the audit
   * @param readOutside whether it has read words from outside in this turn: what it has kept then
   *     is marked so
   */
  record Asker(String model, boolean readOutside) {}
}
