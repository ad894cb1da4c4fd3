package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ToolSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a call, as the schema of the tool wants them. What a small model wrote in a
 * neighbouring type ("3" for 3, "on" for true, one text for a list) is taken as meant; a value is
 * never replaced by another. Immutable.
 */
public final class ToolArguments {
  static final int MOST_CHARACTERS = 16_000;

  private final ObjectNode values;

  private ToolArguments(ObjectNode values) {
    this.values = values;
  }

  /** Arguments are not what the tool takes; the message is one line that names the culprit. */
  static final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitException(String message) {
      super(message);
    }
  }

  /**
   * Reads what a model wrote.
   *
   * @throws UnfitException if it is not what the tool takes
   */
  static ToolArguments of(ToolSpec tool, String written) {
    if (written.length() > MOST_CHARACTERS) {
      throw new UnfitException(
          "the arguments have %,d characters, at most %,d are read"
              .formatted(written.length(), MOST_CHARACTERS));
    }
    JsonNode schema = schema(tool);
    JsonNode given = object(written);
    ObjectNode values = JsonNodeFactory.instance.objectNode();
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode value = value(given, property.getKey());
      if (!value.isMissingNode() && !value.isNull()) {
        values.set(property.getKey(), fitting(property.getKey(), property.getValue(), value));
      }
    }
    for (JsonNode name : schema.path("required")) {
      if (!values.has(name.asText())) {
        missing.add(name.asText());
      }
    }
    if (!missing.isEmpty()) {
      throw new UnfitException(
          "%s is missing: give %s".formatted(String.join(", ", missing), taken(schema)));
    }
    return new ToolArguments(values);
  }

  static JsonNode schema(ToolSpec tool) {
    return ModelJson.readObject(tool.parameters()).orElseThrow();
  }

  private static JsonNode object(String written) {
    try {
      JsonNode read = ModelJson.read(written.isBlank() ? "{}" : written);
      JsonNode inner = read.isTextual() ? ModelJson.read(read.textValue()) : read;
      if (inner.isObject()) {
        return inner;
      }
    } catch (IOException e) {
      // told below, together with what is JSON and no object
    }
    throw new UnfitException("the arguments are no JSON object");
  }

  /** Under its name, or one that differs in case, blanks, hyphens and underscores only. */
  private static JsonNode value(JsonNode given, String name) {
    if (given.has(name)) {
      return given.get(name);
    }
    return given.properties().stream()
        .filter(one -> plain(one.getKey()).equals(plain(name)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(given.path(name));
  }

  static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "");
  }

  private static String taken(JsonNode schema) {
    List<String> taken = new ArrayList<>();
    schema
        .path("properties")
        .properties()
        .forEach(
            one ->
                taken.add("%s (%s)".formatted(one.getKey(), one.getValue().path("type").asText())));
    return String.join(", ", taken);
  }

  private static JsonNode fitting(String name, JsonNode schema, JsonNode value) {
    String type = schema.path("type").asText("string");
    Optional<JsonNode> fit =
        switch (type) {
          case "integer" -> whole(value);
          case "number" -> number(value);
          case "boolean" -> flag(value);
          case "array" -> list(value);
          default -> text(value);
        };
    JsonNode fitted =
        fit.orElseThrow(
            () ->
                new UnfitException(
                    "%s must be of the type %s, was %s".formatted(name, type, shortened(value))));
    requireAllowed(name, schema.path("enum"), fitted);
    return fitted;
  }

  private static void requireAllowed(String name, JsonNode allowed, JsonNode value) {
    List<String> words = new ArrayList<>();
    for (JsonNode one : allowed) {
      if (one.equals(value)) {
        return;
      }
      words.add(one.asText());
    }
    if (!words.isEmpty()) {
      throw new UnfitException(
          "%s must be one of %s, was %s"
              .formatted(name, String.join(", ", words), shortened(value)));
    }
  }

  private static String shortened(JsonNode value) {
    String text = value.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private static Optional<JsonNode> text(JsonNode value) {
    return value.isValueNode()
        ? Optional.of(JsonNodeFactory.instance.textNode(value.asText()))
        : Optional.empty();
  }

  private static Optional<JsonNode> number(JsonNode value) {
    try {
      return value.isNumber() || value.isTextual()
          ? Optional.of(
              JsonNodeFactory.instance.numberNode(Double.parseDouble(value.asText().strip())))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<JsonNode> whole(JsonNode value) {
    return number(value)
        .map(JsonNode::doubleValue)
        .filter(n -> n == Math.rint(n) && Math.abs(n) <= Integer.MAX_VALUE)
        .map(n -> JsonNodeFactory.instance.numberNode((int) (double) n));
  }

  private static Optional<JsonNode> flag(JsonNode value) {
    return switch (value.asText().toLowerCase(Locale.ROOT).strip()) {
      case "true", "on", "high", "yes", "1" ->
          Optional.of(JsonNodeFactory.instance.booleanNode(true));
      case "false", "off", "low", "no", "0" ->
          Optional.of(JsonNodeFactory.instance.booleanNode(false));
      default -> Optional.empty();
    };
  }

  private static Optional<JsonNode> list(JsonNode value) {
    if (value.isArray()) {
      return Optional.of(value);
    }
    return text(value).map(one -> JsonNodeFactory.instance.arrayNode().add(one));
  }

  /** A text that must be there. */
  public String text(String name) {
    return values.path(name).asText();
  }

  /** A text, or another if it is not given. */
  public String text(String name, String otherwise) {
    return values.path(name).asText(otherwise);
  }

  /** A number, or another if it is not given. */
  public double number(String name, double otherwise) {
    return values.path(name).asDouble(otherwise);
  }

  /** Whether a number, text or flag is given. */
  public boolean has(String name) {
    return values.has(name);
  }

  /** A flag; false if it is not given. */
  public boolean flag(String name) {
    return values.path(name).asBoolean();
  }

  /** Texts; none if they are not given. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    values.path(name).forEach(one -> texts.add(one.asText()));
    return texts;
  }

  /** The same for the same arguments, however they were written. */
  @Override
  public String toString() {
    return values.toString();
  }
}
