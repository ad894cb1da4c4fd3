package io.smollama.agent;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps of a model's words what the facts bear out: whole sentences that state at least one value
 * of the facts and none that the facts do not hold. Values are numbers and, for things that are
 * switched, on and off; a percent sign counts as part of its number. A small model makes up the
 * rest, fluently.
 */
final class GroundedWords {
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+");
  private static final Pattern VALUE =
      Pattern.compile("(\\d+(?:[.,]\\d+)?)(\\s*%)?|\\b(?:on|off)\\b", Pattern.CASE_INSENSITIVE);

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
    // A percentage may be told without its sign; a bare number may not be given one.
    List.copyOf(allowed).forEach(value -> allowed.add(value.replace("%", "")));
    StringBuilder kept = new StringBuilder();
    for (String sentence : SENTENCE_END.split(reply.strip().replaceAll("\\s+", " "))) {
      Set<String> said = values(sentence);
      if (allowed.containsAll(said) && said.stream().anyMatch(value -> states(stated, value))) {
        kept.append(kept.isEmpty() ? "" : " ").append(sentence);
      }
    }
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept.toString());
  }

  private static boolean states(Set<String> stated, String value) {
    return stated.contains(value) || stated.contains(value + "%");
  }

  private static Set<String> values(String text) {
    Set<String> found = new HashSet<>();
    Matcher matcher = VALUE.matcher(text);
    while (matcher.find()) {
      if (matcher.group(1) == null) {
        found.add(matcher.group().toLowerCase(Locale.ROOT));
      } else {
        double number = Double.parseDouble(matcher.group(1).replace(',', '.'));
        found.add(number + (matcher.group(2) == null ? "" : "%"));
      }
    }
    return found;
  }
}
