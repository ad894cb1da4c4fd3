package io.smollama.agent;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** JSON as models and their servers write it: whole values, numbers unrounded. Thread-safe. */
final class ModelJson {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  /** JSON as a model writes it that thinks of another language. */
  private static final JsonMapper LOOSE =
      JSON.rebuild()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  private ModelJson() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /** Reads one value; of an empty text none, a missing node. */
  static JsonNode read(String text) throws IOException {
    return JSON.readTree(text);
  }

  /** Reads one value whose names may be without quotation marks, and others in single ones. */
  static JsonNode readLoosely(String text) throws IOException {
    return LOOSE.readTree(text);
  }

  /** A JSON object, if the text is one. */
  static Optional<JsonNode> readObject(String text) {
    try {
      return Optional.of(read(text)).filter(JsonNode::isObject);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A line of a server's answer, which ought to be an object. */
  static JsonNode line(String text) throws IOException {
    return readObject(text)
        .orElseThrow(
            () ->
                new IOException(
                    "sent what is no JSON: '%s'".formatted(ServerComplaint.shortened(text))));
  }

  /** A caller's schema. */
  static JsonNode schema(String text, String whose) {
    return readObject(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The JSON schema of %s is no JSON: %s".formatted(whose, text)));
  }

  /** A count, if it is there. */
  static OptionalInt count(JsonNode node) {
    return node.isNumber() ? OptionalInt.of(node.asInt()) : OptionalInt.empty();
  }

  /**
   * Arguments as a model gave them, as the text of an object: none are an empty one, and an object
   * within a string is taken out of it.
   */
  static String arguments(JsonNode given) {
    if (given.isMissingNode() || given.isNull()) {
      return "{}";
    }
    if (given.isTextual()) {
      String text = given.asText().strip();
      return text.isEmpty() ? "{}" : readObject(text).map(JsonNode::toString).orElse(text);
    }
    return given.toString();
  }
}
