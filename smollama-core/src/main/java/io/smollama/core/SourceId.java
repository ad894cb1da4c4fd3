package io.smollama.core;

import java.util.Optional;

/**
 * Names one source of readings, written {@code type:id}: {@code system:cpu_temp}, {@code gpio:17},
 * {@code mqtt:kitchen/temperature}. The type says who provides it and holds no colon; the id is the
 * provider's own and may hold {@code /} and {@code :}. Immutable.
 *
 * @param type who provides it, 1 to 64 characters without {@code :}, blanks or control characters
 * @param id the provider's own name, 1 to 256 characters without control characters
 */
public record SourceId(String type, String id) implements Comparable<SourceId> {
  /** The type of what other nodes share; no provider has it. */
  public static final String NODE = "node";

  public SourceId {
    requireWord("type", type, 64);
    requireWord("id", id, 256);
    if (type.indexOf(':') >= 0 || type.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(
          "Source type must have no ':' and no blank, was '%s'".formatted(type));
    }
  }

  /**
   * Reads {@code type:id}.
   *
   * @throws IllegalArgumentException if there is no colon, or a part is empty or too long
   */
  public static SourceId parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException(
          "A source is written type:id, for example system:cpu_temp; was '%s'".formatted(text));
    }
    return new SourceId(text.substring(0, colon), text.substring(colon + 1));
  }

  /**
   * What this source of another node is called here: {@code system:cpu_temp} at {@code kitchen} is
   * {@code node:kitchen/system:cpu_temp}.
   */
  public SourceId at(String node) {
    return new SourceId(NODE, node + "/" + this);
  }

  /** The node that shares it; empty for a source of this node. */
  public Optional<String> node() {
    int slash = id.indexOf('/');
    return type.equals(NODE) && slash > 0 ? Optional.of(id.substring(0, slash)) : Optional.empty();
  }

  /** What the node that shares it calls it; itself for a source of this node. */
  public SourceId there() {
    String rest = id.substring(id.indexOf('/') + 1);
    return node().isPresent() && rest.matches("[^:\\s]{1,64}:.+") ? parse(rest) : this;
  }

  @Override
  public int compareTo(SourceId other) {
    int byType = type.compareTo(other.type);
    return byType != 0 ? byType : id.compareTo(other.id);
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    return type + ":" + id;
  }

  private static void requireWord(String what, String word, int longest) {
    if (word.isBlank()
        || word.length() > longest
        || word.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "Source %s must have 1 to %d visible characters, was '%s'"
              .formatted(what, longest, word));
    }
  }
}
