package io.smollama.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of a statement in lower case, without punctuation, and which of them are values. */
final class FactWords {
  private static final Pattern EDGES = Pattern.compile("^[\\p{P}&&[^-%+]]+|[\\p{P}&&[^%]]+$");
  private static final Pattern NUMBER =
      Pattern.compile("([-+]?[^\\p{L}\\p{N}]?)(\\d+(?:[.,:]\\d+)*)([^\\d]{0,6})");
  private static final Set<String> WEEKDAYS =
      Set.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");
  private static final Set<String> MONTHS =
      Set.of(
          "january february march april may june july august september october november december"
              .split(" "));

  /** Words of which one is the opposite of the other. */
  private static final Map<String, String> POLES =
      Stream.of(
              "on off",
              "open closed",
              "open shut",
              "enabled disabled",
              "locked unlocked",
              "active inactive",
              "always never",
              "yes no",
              "true false",
              "full empty",
              "high low",
              "working broken",
              "possible impossible",
              "allowed forbidden",
              "safe unsafe")
          .map(pair -> pair.split(" "))
          .flatMap(pair -> Stream.of(pair, new String[] {pair[1], pair[0]}))
          .collect(Collectors.toMap(p -> p[0] + " " + p[1], p -> p[0]));

  private static final Set<String> POLAR =
      POLES.keySet().stream()
          .flatMap(pair -> Stream.of(pair.split(" ")))
          .collect(Collectors.toSet());

  private FactWords() {}

  static List<String> of(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT)
            .replace('’', '\'')
            .replace("=", " = ")
            .replaceAll("\\b(is|are|was|were|has|does|do|did)n't\\b", "$1 not");
    List<String> words = new ArrayList<>();
    for (String word : plain.split("\\s+")) {
      String bare = EDGES.matcher(word).replaceAll("");
      if (!bare.isEmpty()) {
        words.add(bare);
      }
    }
    return words;
  }

  /**
   * A number that all statements share which differ from this one in values only, in a "not", or
   * not at all; others share it by chance only.
   */
  static long frame(String text) {
    long hash = 0xcbf29ce484222325L; // FNV-1a, for an index: it need not withstand an enemy
    for (String word : of(text)) {
      if (!word.equals("not")) {
        for (char c : (isValue(word) ? "#" : word).toCharArray()) {
          hash = (hash ^ c) * 0x100000001b3L;
        }
        hash = (hash ^ ' ') * 0x100000001b3L;
      }
    }
    return hash;
  }

  private static boolean isValue(String word) {
    return POLAR.contains(word)
        || MONTHS.contains(word)
        || day(word).isPresent()
        || word.chars().anyMatch(Character::isDigit);
  }

  /** The values of a statement in their order: two statements of one fact share all of them. */
  static List<String> values(List<String> words) {
    return words.stream().flatMap(word -> valuesIn(word).stream()).toList();
  }

  private static List<String> valuesIn(String word) {
    if (day(word).isPresent() || MONTHS.contains(word)) {
      return List.of(day(word).orElse(word));
    }
    List<String> numbers = new ArrayList<>();
    Matcher digits = Pattern.compile("\\d+(?:[.,:]\\d+)*").matcher(word);
    while (digits.find()) {
      numbers.add(digits.group());
    }
    return numbers;
  }

  /** Whether one word can stand in the place of the other only if the statement changes. */
  static boolean differInValue(String one, String other) {
    return POLES.containsKey(one + " " + other)
        || (day(one).isPresent() && day(other).isPresent() && !day(one).equals(day(other)))
        || (MONTHS.contains(one) && MONTHS.contains(other))
        || isOtherNumber(one, other);
  }

  /** Two numbers with the same signs around them: 5 % and 6 %, but not 5 bar and 5 °C. */
  private static boolean isOtherNumber(String one, String other) {
    Matcher a = NUMBER.matcher(one);
    Matcher b = NUMBER.matcher(other);
    return a.matches()
        && b.matches()
        && !a.group(2).equals(b.group(2))
        && a.group(1).replaceAll("[-+]", "").equals(b.group(1).replaceAll("[-+]", ""))
        && a.group(3).equals(b.group(3));
  }

  private static Optional<String> day(String word) {
    String one = word.endsWith("days") ? word.substring(0, word.length() - 1) : word;
    return WEEKDAYS.contains(one) ? Optional.of(one) : Optional.empty();
  }
}
