package io.smollama.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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

  /** The name of this content: the SHA-256 over it. */
  public static EntryId of(byte[] content) {
    try {
      return new EntryId(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
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
