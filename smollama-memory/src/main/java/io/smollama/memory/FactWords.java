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
  private static final Pattern NUMBERS = Pattern.compile("\\d+(?:[.,:]\\d+)*");

  /** A minus belongs to its number, a hyphen after another character does not. */
  private static final Pattern SIGNED_NUMBERS =
      Pattern.compile("((?<![\\p{L}\\p{N}])[-−])?" + NUMBERS);

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

  private static final Set<String> POLE_WORDS =
      POLES.keySet().stream().map(pair -> pair.split(" ")[0]).collect(Collectors.toSet());

  private FactWords() {}

  static List<String> of(String text) {
    String plain =
        text.toLowerCase(Locale.ROOT)
            .replace('’', '\'')
            .replace("=", " = ")
            .replaceAll("\\b(is|are|was|were|has|does|do|did)n't\\b", "$1 not");
    List<String> words = new ArrayList<>();
    for (String word : plain.split("[\\s\\p{Z}]+")) {
      String bare = EDGES.matcher(word).replaceAll("");
      if (!bare.isEmpty()) {
        words.add(bare);
      }
    }
    return words;
  }

  /**
   * A statement with every value blanked out, and without "not": what says the same, or something
   * else of the same thing, has the same frame.
   */
  static String frame(String text) {
    return of(text).stream()
        .filter(word -> !word.equals("not"))
        .map(FactWords::blanked)
        .collect(Collectors.joining(" "));
  }

  private static String blanked(String word) {
    if (day(word).isPresent()) {
      return "@day";
    } else if (MONTHS.contains(word)) {
      return "@month";
    } else if (POLE_WORDS.contains(word)) {
      return "@pole";
    }
    return NUMBERS.matcher(word).replaceAll("#").replaceAll("[-+]#", "#");
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
    Matcher signed = SIGNED_NUMBERS.matcher(word);
    while (signed.find()) {
      numbers.add(signed.group().replace('−', '-'));
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
        && !(a.group(2).equals(b.group(2)) && isNegative(a) == isNegative(b))
        && a.group(1).replaceAll("[-+]", "").equals(b.group(1).replaceAll("[-+]", ""))
        && a.group(3).equals(b.group(3));
  }

  private static boolean isNegative(Matcher number) {
    return number.group(1).startsWith("-");
  }

  private static Optional<String> day(String word) {
    String one = word.endsWith("days") ? word.substring(0, word.length() - 1) : word;
    return WEEKDAYS.contains(one) ? Optional.of(one) : Optional.empty();
  }
}
