package io.smollama.memory;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sums up many observations in a sentence or two without a model: what was said most, how often,
 * and between which numbers. Observations that differ in their numbers only are one saying.
 */
final class ObservationDigest {
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
  private static final int MOST_SAYINGS = 6;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private ObservationDigest() {}

  /** Something said several times, with a # for each number that varied. */
  private static final class Saying {
    private final List<String> texts = new ArrayList<>();
    private final List<double[]> numbers = new ArrayList<>();

    void add(String text) {
      texts.add(text);
      numbers.add(NUMBER.matcher(text).results().mapToDouble(m -> number(m.group())).toArray());
    }

    private static double number(String digits) {
      return Double.parseDouble(digits);
    }

    int count() {
      return texts.size();
    }

    /** The text itself, each number that varied as the range that it had. */
    String words() {
      Matcher matcher = NUMBER.matcher(texts.get(0));
      StringBuilder words = new StringBuilder();
      for (int i = 0; matcher.find(); i++) {
        matcher.appendReplacement(words, Matcher.quoteReplacement(range(i, matcher.group())));
      }
      matcher.appendTail(words);
      return count() == 1 ? texts.get(0) : "%d × %s".formatted(count(), words);
    }

    private String range(int place, String first) {
      String least = first;
      String most = first;
      for (int i = 0; i < texts.size(); i++) {
        String here = nth(texts.get(i), place);
        if (numbers.get(i)[place] < number(least)) {
          least = here;
        } else if (numbers.get(i)[place] > number(most)) {
          most = here;
        }
      }
      return least.equals(most) ? first : least + "–" + most;
    }

    private static String nth(String text, int place) {
      return NUMBER.matcher(text).results().skip(place).findFirst().orElseThrow().group();
    }
  }

  /**
   * The sum of some observations.
   *
   * @param observations at least one
   */
  static String of(List<Observation> observations) {
    Map<String, Saying> sayings = new LinkedHashMap<>();
    for (Observation observation : observations) {
      String form = NUMBER.matcher(observation.text()).replaceAll("#");
      sayings.computeIfAbsent(form, unused -> new Saying()).add(observation.text());
    }
    List<Saying> often =
        sayings.values().stream()
            .sorted(Comparator.comparingInt(Saying::count).reversed())
            .limit(MOST_SAYINGS)
            .toList();
    String said = often.stream().map(Saying::words).collect(Collectors.joining("; "));
    int others = sayings.size() - often.size();
    String text =
        "%s, %d observation%s: %s%s"
            .formatted(
                period(observations),
                observations.size(),
                observations.size() == 1 ? "" : "s",
                said,
                others == 0 ? "" : "; and %d more of other kinds".formatted(others));
    return KnowledgeText.shortened(text);
  }

  private static String period(List<Observation> observations) {
    List<Instant> times =
        observations.stream().map(Observation::time).flatMap(Optional::stream).sorted().toList();
    if (times.isEmpty()) {
      return "At unknown times";
    }
    String first = DAY.format(times.get(0));
    String last = DAY.format(times.get(times.size() - 1));
    return first.equals(last) ? first : first + " to " + last;
  }
}
