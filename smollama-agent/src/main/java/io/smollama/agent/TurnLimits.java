package io.smollama.agent;

import java.time.Duration;

/**
 * How far a model may go to answer once. Immutable.
 *
 * @param rounds how often it is asked at most, 1 or more
 * @param calls how many calls of tools are done at most
 * @param answerTokens the longest answer of a round
 * @param resultCharacters how much of a result it gets to read
 * @param time how long all of it may take
 */
public record TurnLimits(
    int rounds, int calls, int answerTokens, int resultCharacters, Duration time) {
  public TurnLimits {
    if (rounds < 1
        || calls < 0
        || answerTokens < 1
        || resultCharacters < 100
        || time.isNegative()) {
      throw new IllegalArgumentException("No turn fits into " + rounds + " rounds, " + calls);
    }
  }

  /** What a model of a billion parameters on a small machine makes use of. */
  public static TurnLimits defaults() {
    return new TurnLimits(6, 10, 400, 1_500, Duration.ofMinutes(3));
  }
}
