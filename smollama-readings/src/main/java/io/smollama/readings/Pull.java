package io.smollama.readings;

/** Which way an input is drawn that nothing drives. Immutable. */
public enum Pull {
  /** Neither way: what it is wired to has to drive it. */
  NONE,
  /** To high: for a contact to ground. */
  UP,
  /** To low: for a contact to the supply. */
  DOWN
}
