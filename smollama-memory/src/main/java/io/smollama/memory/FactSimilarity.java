package io.smollama.memory;

import io.smollama.core.EmbeddingModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides for the writer whether two statements are one fact. Near vectors alone do not tell "45
 * °C" from "54 °C" nor "is" from "is not": numbers, days, months and negations must agree as well.
 * When in doubt two facts are kept; a wrong merge would lose one.
 */
final class FactSimilarity {
  private static final Set<String> NEGATIONS =
      Set.of(
          "not",
          "no",
          "never",
          "none",
          "without",
          "nobody",
          "nothing",
          "off",
          "closed",
          "shut",
          "disabled",
          "unlocked",
          "inactive",
          "empty",
          "broken",
          "forbidden",
          "cannot");

  private FactSimilarity() {}

  /** The very same words, but for blanks, case and punctuation. */
  static boolean inTheseWords(String one, String other) {
    return FactWords.of(one).equals(FactWords.of(other));
  }

  static boolean same(String one, String other, double cosine, EmbeddingModel model) {
    List<String> words = FactWords.of(one);
    List<String> others = FactWords.of(other);
    return cosine >= model.sameFact()
        && !areRearranged(words, others)
        && FactWords.values(words).equals(FactWords.values(others))
        && negations(words).equals(negations(others));
  }

  /**
   * "Paul is older than Mary" has the words of "Mary is older than Paul". Only a part that moved
   * from one end to the other leaves the statement what it was.
   */
  private static boolean areRearranged(List<String> words, List<String> others) {
    List<String> twice = new ArrayList<>(words);
    twice.addAll(words);
    return words.stream().sorted().toList().equals(others.stream().sorted().toList())
        && Collections.indexOfSubList(twice, others) < 0;
  }

  private static Set<String> negations(List<String> words) {
    Set<String> found = new TreeSet<>();
    for (String word : words) {
      if (NEGATIONS.contains(word) || word.endsWith("n't")) {
        found.add(word);
      }
    }
    return found;
  }
}
