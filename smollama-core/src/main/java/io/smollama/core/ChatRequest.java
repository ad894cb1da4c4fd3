package io.smollama.core;

import java.time.Duration;
import java.util.List;

/**
 * What a model is asked. It always bounds the answer: a small model without a bound may talk for
 * ever. Immutable.
 *
 * @param messages the conversation, oldest first; at least one
 * @param maxTokens the longest answer in the model's tokens, at least 1
 * @param deadline how long the whole answer may take; more than zero
 */
public record ChatRequest(List<ChatMessage> messages, int maxTokens, Duration deadline) {
  public ChatRequest {
    messages = List.copyOf(messages);
    if (messages.isEmpty() || maxTokens < 1 || deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException(
          "A request needs a message, a token and a deadline above zero; had %d, %d and %s"
              .formatted(messages.size(), maxTokens, deadline));
    }
  }
}
