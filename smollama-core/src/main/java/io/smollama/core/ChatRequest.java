package io.smollama.core;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a model is asked. It always bounds the answer: a small model without a bound may talk for
 * ever. Immutable.
 *
 * @param messages the conversation, oldest first; at least one
 * @param tools what the model may call; none together with a format, which would forbid the call
 * @param format the JSON schema that the answer must follow; empty for free words. Not every model
 *     keeps it: parse the answer
 * @param think whether the model may think before it answers, if it can
 * @param maxTokens the longest answer in the model's tokens, at least 1
 * @param deadline how long the whole answer may take; more than zero
 */
public record ChatRequest(
    List<ChatMessage> messages,
    List<ToolSpec> tools,
    Optional<String> format,
    boolean think,
    int maxTokens,
    Duration deadline) {
  public ChatRequest {
    messages = List.copyOf(messages);
    tools = List.copyOf(tools);
    if (messages.isEmpty() || maxTokens < 1 || deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException(
          "A request needs a message, a token and a deadline above zero; had %d, %d and %s"
              .formatted(messages.size(), maxTokens, deadline));
    }
    if (format.isPresent() && !tools.isEmpty()) {
      throw new IllegalArgumentException(
          "A format forbids a model to call tools; ask for one of them, not for both");
    }
    if (format.isPresent() && !JsonForm.seemsObject(format.get())) {
      throw new IllegalArgumentException(
          "A format is a JSON schema {...}, was '%s'".formatted(format.get()));
    }
    if (tools.stream().map(ToolSpec::name).distinct().count() < tools.size()) {
      throw new IllegalArgumentException(
          "Each tool needs a name of its own, had "
              + tools.stream().map(ToolSpec::name).sorted().toList());
    }
  }

  /** Asks for free words, without tools or thoughts. */
  public ChatRequest(List<ChatMessage> messages, int maxTokens, Duration deadline) {
    this(messages, List.of(), Optional.empty(), false, maxTokens, deadline);
  }

  /** The same request with tools that may be called. */
  public ChatRequest withTools(List<ToolSpec> offered) {
    return new ChatRequest(messages, offered, format, think, maxTokens, deadline);
  }

  /** The same request for an answer that follows a JSON schema. */
  public ChatRequest withFormat(String schema) {
    return new ChatRequest(messages, tools, Optional.of(schema), think, maxTokens, deadline);
  }

  /** The same request to a model that may think first. */
  public ChatRequest withThinking() {
    return new ChatRequest(messages, tools, format, true, maxTokens, deadline);
  }
}
