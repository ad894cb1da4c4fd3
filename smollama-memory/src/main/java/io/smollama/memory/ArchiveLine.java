package io.smollama.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/**
 * One line of an export: a JSON object with a {@code kind}, as {@code docs/archive-format.md} has
 * it. Immutable.
 */
public sealed interface ArchiveLine permits KnowledgeRecord, ReadingRecord {

  /** The line, without a line break. {@link #parse} reads it. */
  String json();

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is no such object; says which key is wrong and how it
   *     should be
   */
  static ArchiveLine parse(String line) {
    JsonNode object;
    try {
      object = KnowledgeJson.LINE.readTree(line);
    } catch (MismatchedInputException e) {
      throw new IllegalArgumentException("has more than one object; each has a line of its own", e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is no JSON: " + e.getOriginalMessage(), e);
    }
    if (object == null || !object.isObject()) {
      throw new IllegalArgumentException("is no JSON object like {\"kind\":\"memory\",\"text\":…}");
    }
    String kind = object.path("kind").asText();
    return switch (kind) {
      case "observation", "memory" -> KnowledgeJson.record(object);
      case "reading" -> ReadingRecord.of(object, line);
      default ->
          throw new IllegalArgumentException(
              "'kind' is observation, memory or reading, was '%s'".formatted(kind));
    };
  }
}
