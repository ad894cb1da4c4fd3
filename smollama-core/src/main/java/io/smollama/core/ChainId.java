package io.smollama.core;

import java.util.Objects;

/**
 * Names one gapless chain of entries: what one replica wrote to one stream. Immutable.
 *
 * @param origin the replica that wrote it
 * @param stream {@link #CONTROL}, {@link #KNOWLEDGE}, {@link #READINGS}, {@link #ROLLUPS} or one
 *     that a later version knows; 0 to 255
 */
public record ChainId(ReplicaId origin, int stream) implements Comparable<ChainId> {
  /** Marks about the log itself. */
  public static final int CONTROL = 0;

  /** Observations and memories. */
  public static final int KNOWLEDGE = 1;

  /** Raw readings, in batches. */
  public static final int READINGS = 2;

  /** Summaries of readings. */
  public static final int ROLLUPS = 3;

  public ChainId {
    Objects.requireNonNull(origin, "origin");
    if (stream < 0 || stream > 255) {
      throw new IllegalArgumentException("A stream is 0 to 255, was " + stream);
    }
  }

  @Override
  public int compareTo(ChainId other) {
    int byOrigin = origin.compareTo(other.origin);
    return byOrigin != 0 ? byOrigin : Integer.compare(stream, other.stream);
  }
}
