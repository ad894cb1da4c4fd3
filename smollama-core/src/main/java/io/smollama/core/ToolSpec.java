package io.smollama.core;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A tool that a model may call. Small models choose well among a few tools with short descriptions;
 * of a schema they see type, enum, items, required and description, so ranges and units belong into
 * the descriptions. Immutable.
 *
 * @param name up to 64 letters, digits, {@code _} and {@code -}
 * @param description what the tool does, for the model
 * @param parameters the JSON schema of its arguments, an object
 */
public record ToolSpec(String name, String description, String parameters) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  public ToolSpec {
    Objects.requireNonNull(description, "description");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A tool's name is 1 to 64 letters, digits, _ or -; was '%s'".formatted(name));
    }
    if (!JsonForm.seemsObject(parameters)) {
      throw new IllegalArgumentException(
          "The parameters of %s are a JSON schema {...}, were '%s'".formatted(name, parameters));
    }
  }
}
