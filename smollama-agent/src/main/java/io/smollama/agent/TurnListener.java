package io.smollama.agent;

/**
 * Hears how a turn goes, on the thread that runs it. What it throws ends the turn. One thread at a
 * time.
 */
public interface TurnListener {
  /** Hears nothing. */
  TurnListener NONE = new TurnListener() {};

  /** A piece of what the model writes in words. */
  default void words(String piece) {}

  /** A call, and what came of it. */
  default void used(Turn.Use use) {}
}
