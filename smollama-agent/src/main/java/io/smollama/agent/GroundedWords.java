package io.smollama.agent;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /**
   * Of sentences that may be about anything, only what says how a thing is counts beside numbers.
   */
  private static final Pattern CLAIMED_VALUE =
      Pattern.compile(
          "(\\d+(?:[.,]\\d+)?)(\\s*%)?|(?<=\\b(?:is|are|was|were|now)\\s)(?:on|off)\\b",
          Pattern.CASE_INSENSITIVE);

  private GroundedWords() {}

  /**
   * The sentences that may be shown; empty if there are none.
   *
   * @param reply what the model said
   * @param facts what it was told
   * @param question numbers of the question may be said again
   */
  static Optional<String> of(String reply, String facts, String question) {
    Set<String> stated = values(VALUE, facts);
    Set<String> allowed = allowed(facts, question);
    return kept(
        reply,
        sentence -> {
          Set<String> said = values(VALUE, sentence);
          return allowed.containsAll(said)
              && said.stream().anyMatch(value -> states(stated, value));
        });
  }

  /** The same of a model that can be talked with: sentences without any value are kept too. */
  static Optional<String> ofTalk(String reply, String facts, String question) {
    Set<String> allowed = allowed(facts, question);
    return kept(reply, sentence -> allowed.containsAll(values(CLAIMED_VALUE, sentence)));
  }

  private static Optional<String> kept(String reply, Predicate<String> isKept) {
    String kept =
        Stream.of(SENTENCE_END.split(reply.strip().replaceAll("\\s+", " ")))
            .filter(isKept)
            .collect(Collectors.joining(" "));
    return kept.isEmpty() ? Optional.empty() : Optional.of(kept);
  }

  private static Set<String> allowed(String facts, String question) {
    Set<String> allowed = new HashSet<>(values(VALUE, facts));
    allowed.addAll(values(VALUE, question));
    // A percentage may be told without its sign; a bare number may not be given one.
    List.copyOf(allowed).forEach(value -> allowed.add(value.replace("%", "")));
    return allowed;
  }

  private static boolean states(Set<String> stated, String value) {
    return stated.contains(value) || stated.contains(value + "%");
  }

  private static Set<String> values(Pattern pattern, String text) {
    Set<String> found = new HashSet<>();
    Matcher matcher = pattern.matcher(text);
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
