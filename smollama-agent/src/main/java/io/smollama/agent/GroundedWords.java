package io.smollama.agent;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps of a model's words what the facts bear out: whole sentences that state at least one value
 * of the facts and none that the facts do not hold. Values are numbers and, for things that are
 * switched, on and off. A small model makes up the rest, fluently.
 */
final class GroundedWords {
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");
  private static final Pattern VALUE =
      Pattern.compile("\\d+(?:[.,]\\d+)?|\\b(?:on|off)\\b", Pattern.CASE_INSENSITIVE);

  private GroundedWords() {}

  /**
   * The sentences that may be shown; empty if there are none.
   *
   * @param reply what the model said
   * @param facts what it was told
   * @param question numbers of the question may be said again
   */
  static Optional<String> of(String reply, String facts, String question) {
    Set<String> stated = values(facts);
    Set<String> allowed = new HashSet<>(stated);
    allowed.addAll(values(question));
    StringBuilder kept = new StringBuilder();
    for (String sentence : SENTENCE_END.split(reply.strip().replaceAll("\\s+", " "))) {
      Set<String> said = values(sentence);
      if (allowed.containsAll(said) && said.stream().anyMatch(stated::contains)) {
        kept.append(kept.isEmpty() ? "" : " ").append(sentence);
      }
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.toString());
  }

  private static Set<String> values(String text) {
    Set<String> found = new HashSet<>();
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find()) {
      String value = matcher.group().replace(',', '.').toLowerCase(Locale.ROOT);
      boolean number = Character.isDigit(value.charAt(0));
      found.add(number ? Double.toString(Double.parseDouble(value)) : value);
    }
    return found;
  }
}
