package io.smollama.core;

import java.util.Objects;

/**
 * What a model answered. Immutable.
 *
 * @param text its words; may be empty
 * @param model the model that spoke, with its tag
 * @param complete false if the answer was cut by a bound on its length
 */
public record ChatReply(String text, String model, boolean complete) {
  public ChatReply {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(model, "model");
  }
}
