package io.smollama.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Decides for the writer whether a statement says of the same thing something else than an older
 * one, so that the older one ends to be true. They must be word for word the same but for one
 * value: a number, a weekday, a month or one of a pair of opposites, which stands where a statement
 * tells its news ("is 5", "costs 5", "on Monday") and not where it tells what it is about ("pump
 * 1"). In doubt both are kept: a wrong replacement would hide what is true, a missed one leaves a
 * person two facts to choose from.
 */
final class FactContradiction {
  private static final Set<String> VERBS =
      Set.of("is", "are", "has", "have", "costs", "cost", "=", "equals", "weighs");

  /** What happened once stays so: another day of it is another event. */
  private static final Set<String> PAST = Set.of("was", "were", "had", "did");

  private static final Set<String> PREPOSITIONS =
      Set.of("at", "on", "to", "every", "until", "till");

  /** Words that may stand between a verb and the value that it tells. */
  private static final Set<String> FILLERS =
      Set.of(
          "about",
          "around",
          "approximately",
          "roughly",
          "exactly",
          "only",
          "now",
          "currently",
          "still",
          "always",
          "set",
          "usually");

  /** With a condition both may be true: the lamp is on when … and off when … */
  private static final Set<String> CONDITIONS =
      Set.of(
          "if",
          "when",
          "whenever",
          "while",
          "unless",
          "during",
          "after",
          "before",
          "because",
          "and",
          "or");

  private FactContradiction() {}

  static boolean between(String newer, String older) {
    List<String> words = FactWords.of(newer);
    List<String> others = FactWords.of(older);
    if (words.stream().anyMatch(PAST::contains)) {
      return false;
    }
    if (words.size() != others.size()) {
      return isNegationOf(words, others) || isNegationOf(others, words);
    }
    List<Integer> different = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (!words.get(i).equals(others.get(i))) {
        different.add(i);
      }
    }
    if (different.size() != 1 || words.stream().anyMatch(CONDITIONS::contains)) {
      return false;
    }
    int place = different.get(0);
    return FactWords.differInValue(words.get(place), others.get(place))
        && tellsTheNews(words, place);
  }

  /** The value follows its verb or preposition, and no verb comes after it. */
  private static boolean tellsTheNews(List<String> words, int place) {
    if (words.subList(place + 1, words.size()).stream().anyMatch(VERBS::contains)) {
      return false;
    }
    int before = place - 1;
    while (before > 0 && FILLERS.contains(words.get(before))) {
      before--;
    }
    // a statement that begins with "On 5 …" or "At 5 …" tells first what it is about
    return before > 0
        && (VERBS.contains(words.get(before)) || PREPOSITIONS.contains(words.get(before)));
  }

  /** "The gate is locked" and "the gate is not locked". */
  private static boolean isNegationOf(List<String> longer, List<String> shorter) {
    int not = longer.indexOf("not");
    if (longer.size() != shorter.size() + 1
        || not < 2
        || !VERBS.contains(longer.get(not - 1))
        || longer.stream().anyMatch(CONDITIONS::contains)) {
      return false;
    }
    List<String> without = new ArrayList<>(longer);
    without.remove(not);
    return without.equals(shorter);
  }
}
