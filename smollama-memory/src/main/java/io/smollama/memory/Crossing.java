package io.smollama.memory;

/** In which direction a number crosses a level. Immutable. */
public enum Crossing {
  /** From at or below it to above it. */
  UP,
  /** From at or above it to below it. */
  DOWN,
  /** One or the other. */
  EITHER;

  boolean happened(double before, double now, double level) {
    boolean up = before <= level && now > level;
    boolean down = before >= level && now < level;
    return this == UP ? up : this == DOWN ? down : up || down;
  }
}
