package io.smollama.memory;

import io.smollama.core.EmbeddingModel;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides for the writer whether two statements are one fact. Near vectors alone do not tell "45
 * °C" from "54 °C" nor "is" from "is not": numbers and negations must agree as well. When in doubt
 * two facts are kept; a wrong merge would lose one.
 */
final class FactSimilarity {
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,:]\\d+)*");
  private static final Set<String> NEGATIONS =
      Set.of("not", "no", "never", "none", "without", "nobody", "nothing", "off", "closed");

  private FactSimilarity() {}

  static boolean same(String one, String other, double cosine, EmbeddingModel model) {
    return cosine >= model.sameFact()
        && numbers(one).equals(numbers(other))
        && negations(one).equals(negations(other));
  }

  private static Set<String> numbers(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }

  private static Set<String> negations(String text) {
    Set<String> found = new HashSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}']+")) {
      if (NEGATIONS.contains(word) || word.endsWith("n't")) {
        found.add(word);
      }
    }
    return found;
  }
}
