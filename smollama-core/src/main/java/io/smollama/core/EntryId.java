package io.smollama.core;

/**
 * Names a journal entry by its content: the SHA-256 over its header. The thing that an entry brings
 * into being, an observation or a memory, bears the same name. Immutable.
 *
 * @param hex 64 lower case hexadecimal digits
 */
public record EntryId(String hex) implements Comparable<EntryId> {
  public EntryId {
    HexForm.require("An entry id", hex, 32);
  }

  @Override
  public int compareTo(EntryId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
