package io.smollama.agent;

import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which words of a model may be shown: of one that is talked with, all but numbers that nobody
 * measured; of one that is too small for it, only sentences that state what was found. Immutable.
 *
 * @param mode how the model calls tools, which tells its worth
 * @param situation what it was told
 * @param question what it was asked
 */
record BorneOut(CallMode mode, String situation, String question) {

  /**
   * Those of some words.
   *
   * @param found what tools gave back
   */
  Optional<String> of(String words, String found) {
    String facts = situation + "\n" + found;
    return mode == CallMode.NATIVE
        ? GroundedWords.ofTalk(words, facts, question)
        : GroundedWords.of(words, facts, question);
  }

  /** What of a turn's answer is shown; empty if what was done tells enough. */
  String shown(Turn turn) {
    String found =
        turn.uses().stream()
            .filter(use -> !use.repeated())
            .map(use -> use.result().text())
            .collect(Collectors.joining("\n"));
    return of(turn.text(), found)
        .orElseGet(
            () ->
                turn.receipts().isEmpty()
                    ? "The model said nothing that the readings bear out.\n"
                        + (found.isEmpty() ? situation : found)
                    : ""); // what was done is told anyway
  }
}
