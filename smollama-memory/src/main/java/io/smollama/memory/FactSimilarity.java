package io.smollama.memory;

import io.smollama.core.EmbeddingModel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides for the writer whether two statements are one fact. Near vectors alone do not tell "45
 * °C" from "54 °C" nor "is" from "is not": numbers, days, months and negations must agree as well.
 * When in doubt two facts are kept; a wrong merge would lose one.
 */
final class FactSimilarity {
  /** Words around which the order of the others matters. */
  private static final Set<String> DIRECTED =
      Set.of("than", "before", "after", "from", "to", "above", "below", "over", "under", "into");

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

  /** "Paul is older than Mary" has the words of "Mary is older than Paul". */
  private static boolean areRearranged(List<String> words, List<String> others) {
    return !words.equals(others)
        && words.stream().anyMatch(DIRECTED::contains)
        && words.stream().sorted().toList().equals(others.stream().sorted().toList());
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
