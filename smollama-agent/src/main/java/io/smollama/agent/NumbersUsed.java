package io.smollama.agent;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether every number in a text stands in another as well, so that none was made up. */
final class NumbersUsed {
  private static final Pattern NUMBER = Pattern.compile("\\d+(?:[.,]\\d+)?");

  private NumbersUsed() {}

  static boolean areIn(String text, String given) {
    return of(given).containsAll(of(text));
  }

  private static Set<Double> of(String text) {
    Set<Double> numbers = new HashSet<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(Double.parseDouble(matcher.group().replace(',', '.')));
    }
    return numbers;
  }
}
