package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the fields of a JSON object, or of parameters, which are all texts; names the one that is
 * wrong.
 */
record FieldReader(JsonNode object) {

  /** A text without the blanks around it; empty if it is missing or blank. */
  Optional<String> text(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException("'%s' must be a text".formatted(name));
    }
    return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
  }

  String required(String name) {
    return text(name)
        .orElseThrow(() -> new IllegalArgumentException("'%s' is missing".formatted(name)));
  }

  boolean isNull(String name) {
    return object.path(name).isNull();
  }

  boolean flag(String name) {
    JsonNode value = object.path(name);
    return value.asBoolean() || value.asText().equals("true");
  }

  /** A time such as {@code 2026-03-01T12:00:00Z}. */
  Optional<Instant> time(String name) {
    return text(name)
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                    "'%s' must be a time such as 2026-03-01T12:00:00Z, was '%s'"
                        .formatted(name, text),
                    e);
              }
            });
  }

  /** A number; its bounds are told by whoever takes it. */
  Optional<Double> share(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException("'%s' must be a number from 0 to 1".formatted(name));
    }
    return Optional.of(value.doubleValue());
  }

  /** A whole number from 1 on. */
  int number(String name, int otherwise, int most) {
    JsonNode value = object.path(name);
    String text = value.isMissingNode() ? Integer.toString(otherwise) : value.asText();
    if (text.matches("\\d{1,6}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= most) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException(
        "'%s' must be a whole number from 1 to %d, was '%s'. Leave it out for %d"
            .formatted(name, most, text, otherwise));
  }

  /** A list of texts; empty if it is missing. */
  Optional<List<String>> texts(String name) {
    JsonNode list = object.path(name);
    if (list.isMissingNode() || list.isNull()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    list.forEach(item -> texts.add(item.isTextual() ? item.textValue() : ""));
    if (!list.isArray() || texts.contains("")) {
      throw new IllegalArgumentException("'%s' must be a list of texts".formatted(name));
    }
    return Optional.of(texts);
  }
}
