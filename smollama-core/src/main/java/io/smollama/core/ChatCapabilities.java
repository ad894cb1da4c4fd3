package io.smollama.core;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a chat model can do. Immutable.
 *
 * @param model its name, with its tag
 * @param tools whether it can be offered tools
 * @param thinking whether it can think before it answers
 * @param vision whether it can look at images
 * @param contextTokens how many tokens a conversation and its answer may have together as the model
 *     is set up now, tools included; empty if not known
 */
public record ChatCapabilities(
    String model, boolean tools, boolean thinking, boolean vision, OptionalInt contextTokens) {
  public ChatCapabilities {
    Objects.requireNonNull(contextTokens, "contextTokens");
    if (model.isBlank()) {
      throw new IllegalArgumentException("A model has a name");
    }
  }
}
