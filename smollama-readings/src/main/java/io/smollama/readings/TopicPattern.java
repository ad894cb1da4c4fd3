package io.smollama.readings;

import io.smollama.core.TopicFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A topic filter that says what its wildcards stood for, first to last: each {@code +} for one
 * part, {@code #} for the rest. In a template {@code {1}} is the first of them. Immutable.
 */
record TopicPattern(TopicFilter filter) {
  private static final Pattern PLACE = Pattern.compile("\\{([0-9]{1,3})}");

  static TopicPattern of(String filter) {
    return new TopicPattern(new TopicFilter(filter));
  }

  private List<String> parts() {
    return Arrays.asList(filter.text().split("/", -1));
  }

  /** How many wildcards there are. */
  int wildcards() {
    return (int) parts().stream().filter(part -> part.equals("+") || part.equals("#")).count();
  }

  /** What the wildcards stand for in a topic; empty if it is not meant. */
  Optional<List<String>> match(String topic) {
    if (!filter.matches(topic)) {
      return Optional.empty();
    }
    List<String> found = new ArrayList<>();
    List<String> wanted = parts();
    List<String> given = Arrays.asList(topic.split("/", -1));
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).equals("#")) {
        found.add(String.join("/", given.subList(Math.min(i, given.size()), given.size())));
      } else if (wanted.get(i).equals("+")) {
        found.add(given.get(i));
      }
    }
    return Optional.of(found);
  }

  /**
   * Checks a template.
   *
   * @throws IllegalArgumentException if it names a wildcard that there is not
   */
  void requireFits(String what, String template) {
    Matcher place = PLACE.matcher(template);
    while (place.find()) {
      int number = Integer.parseInt(place.group(1));
      if (number < 1 || number > wildcards()) {
        throw new IllegalArgumentException(
            "%s '%s' names %s, and the topic '%s' has %d of + and #"
                .formatted(what, template, place.group(), filter, wildcards()));
      }
    }
  }

  /** The template with what the wildcards stood for. */
  static String fill(String template, List<String> found) {
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> Matcher.quoteReplacement(found.get(Integer.parseInt(place.group(1)) - 1)));
  }

  /** The filter that means whatever the template can be filled to. */
  static TopicFilter widened(String template) {
    return new TopicFilter(PLACE.matcher(template).replaceAll("+"));
  }
}
