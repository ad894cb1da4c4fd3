package io.smollama.memory;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of a query that count: not those which every sentence has. */
final class QueryWords {
  private static final Set<String> STOP_WORDS =
      Set.of(
          ("a about an and any are as at be been but by can could did do does for from had has have"
                  + " he her here his how i if in into is it its me my of on or our she so than that"
                  + " the their them then there these they this those to was we were what when where"
                  + " which who whom why will with would you your")
              .split(" "));

  private static final int MOST_WORDS = 32;

  private QueryWords() {}

  static List<String> of(String query) {
    Set<String> words = new LinkedHashSet<>();
    for (String word : query.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}\\p{M}]+")) {
      if (!word.isEmpty() && !STOP_WORDS.contains(word) && words.size() < MOST_WORDS) {
        words.add(word);
      }
    }
    return List.copyOf(words);
  }
}
