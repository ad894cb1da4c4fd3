package io.smollama.core;

import java.util.Objects;

/**
 * A model's wish that a tool be called. It is as the model wrote it: the name may be of no tool
 * that was offered, the arguments may miss the tool's schema. Immutable.
 *
 * @param id tells this call from the others of a conversation
 * @param name the tool's name
 * @param arguments a JSON object as text; where a model wrote something else, that
 */
public record ToolCall(String id, String name, String arguments) {
  public ToolCall {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(arguments, "arguments");
  }
}
