package io.smollama.core;

/** How far a reading is to be trusted; the words are those of OPC UA. Immutable. */
public enum Quality {
  /** Nothing speaks against it. */
  GOOD,
  /**
   * It is what the source said, and hardly so: out of its range, or too far from the one before.
   */
  UNCERTAIN
}
