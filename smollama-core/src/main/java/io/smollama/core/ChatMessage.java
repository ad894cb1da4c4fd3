package io.smollama.core;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One message of a conversation with a model. Immutable.
 *
 * @param role who speaks
 * @param content what is said
 * @param toolCalls the tools that an assistant wished to be called; else empty
 * @param answers the call whose result a tool's message is; else empty
 */
public record ChatMessage(
    Role role, String content, List<ToolCall> toolCalls, Optional<ToolCall> answers) {
  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
  }

  public ChatMessage {
    Objects.requireNonNull(content, "content");
    toolCalls = List.copyOf(toolCalls);
    if (!toolCalls.isEmpty() && role != Role.ASSISTANT) {
      throw new IllegalArgumentException("Only an assistant calls tools, was " + role);
    }
    if (answers.isPresent() != (role == Role.TOOL)) {
      throw new IllegalArgumentException(
          "A tool's message, and no other, names the call that it answers; was " + role);
    }
  }

  /** A message of words alone. */
  public ChatMessage(Role role, String content) {
    this(role, content, List.of(), Optional.empty());
  }

  /** Instructions to the model. */
  public static ChatMessage system(String content) {
    return new ChatMessage(Role.SYSTEM, content);
  }

  /** What the user says. */
  public static ChatMessage user(String content) {
    return new ChatMessage(Role.USER, content);
  }

  /** What the model said earlier. */
  public static ChatMessage assistant(String content) {
    return new ChatMessage(Role.ASSISTANT, content);
  }

  /** What the model said earlier, and the tools that it called. */
  public static ChatMessage assistant(String content, List<ToolCall> toolCalls) {
    return new ChatMessage(Role.ASSISTANT, content, toolCalls, Optional.empty());
  }

  /** What a tool gave back, for the model to read. */
  public static ChatMessage toolResult(ToolCall call, String content) {
    return new ChatMessage(Role.TOOL, content, List.of(), Optional.of(call));
  }
}
