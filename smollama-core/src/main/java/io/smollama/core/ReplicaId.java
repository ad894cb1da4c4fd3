package io.smollama.core;

/**
 * Names one incarnation of one database, the origin of the entries that it wrote: 16 random bytes.
 * Lower case hexadecimal text sorts as the bytes do, unsigned. Immutable.
 *
 * @param hex 32 lower case hexadecimal digits
 */
public record ReplicaId(String hex) implements Comparable<ReplicaId> {
  public ReplicaId {
    HexForm.require("A replica id", hex, 16);
  }

  @Override
  public int compareTo(ReplicaId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
