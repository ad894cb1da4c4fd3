package io.smollama.agent;

/** How a model is brought to call tools. Immutable. */
public enum CallMode {
  /** The way it was trained for; what it writes as words in the form of a call counts as well. */
  NATIVE,
  /** It chooses by a grammar that only calls which fit can follow, one for an answer. */
  GRAMMAR
}
