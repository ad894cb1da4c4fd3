package io.smollama.readings;

/** How the value of a message is to be understood. Immutable. */
public enum ValueForm {
  /** As it looks: a number, also one in quotes, is a number, the rest is what it is in JSON. */
  AUTO,
  /** A number, also one in quotes. */
  NUMBER,
  /**
   * On or off: {@code true}, {@code on}, {@code yes}, {@code open}, {@code 1} and what they end.
   */
  FLAG,
  /** Words. */
  TEXT,
  /** A structure. */
  JSON
}
