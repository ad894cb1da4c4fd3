package io.smollama.agent;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a time of the day that a text names: {@code at noon}, {@code 3 pm}, {@code evening}. */
final class ClockWords {
  /**
   * A part of a day.
   *
   * @param start where its words begin in the text
   * @param end where they end
   * @param from its begin, from midnight on; below zero on the evening before
   * @param to its end, exclusive; beyond a day on the next morning
   */
  record Part(int start, int end, Duration from, Duration to) {}

  private static final Duration AROUND_THE_HOUR = Duration.ofMinutes(30);
  private static final Duration AROUND_A_MINUTE = Duration.ofMinutes(15);

  private record Named(Pattern words, int from, int to) {
    static Named of(String words, int from, int to) {
      return new Named(
          Pattern.compile("\\b(?:" + words + ")\\b", Pattern.CASE_INSENSITIVE), from, to);
    }
  }

  private static final List<Named> NAMED =
      List.of(
          Named.of("(?:in the )?(?:early )?morning", 6, 12),
          Named.of("(?:in the )?afternoon", 12, 18),
          Named.of("(?:in the )?evening", 18, 24),
          Named.of("(?:at |in the )?night", 22, 30));

  private static final Pattern TIME =
      Pattern.compile(
          "\\b(?:(?:(?:at|around|about)\\s+)?(noon|midday|midnight)"
              + "|(?:(?:at|around|about)\\s+)?(\\d{1,2})(?:[:.](\\d\\d))?"
              + "(?:\\s+o'?clock)?\\s*(am\\b|pm\\b|a\\.m\\.|p\\.m\\.|in the (?:morning|afternoon|evening)|at night)"
              + "|(?:(?:at|around|about)\\s+)?(\\d{1,2}):(\\d\\d)"
              + "|(?:at|around|about)\\s+(\\d{1,2})(?:\\s+o'?clock)?(?!\\d|\\s*(?:%|°|degrees|watts?|[KCFW]\\b)))",
          Pattern.CASE_INSENSITIVE);

  private ClockWords() {}

  /** The first in a text. */
  static Optional<Part> in(String text) {
    Matcher time = TIME.matcher(text);
    while (time.find()) {
      Optional<LocalTime> at = time(time);
      if (at.isPresent()) {
        Duration midnight = Duration.between(LocalTime.MIDNIGHT, at.get());
        Duration around = at.get().getMinute() == 0 ? AROUND_THE_HOUR : AROUND_A_MINUTE;
        return Optional.of(
            new Part(time.start(), time.end(), midnight.minus(around), midnight.plus(around)));
      }
    }
    return NAMED.stream().flatMap(named -> part(named, text).stream()).findFirst();
  }

  private static Optional<Part> part(Named named, String text) {
    Matcher words = named.words().matcher(text);
    return words.find()
        ? Optional.of(
            new Part(
                words.start(),
                words.end(),
                Duration.ofHours(named.from()),
                Duration.ofHours(named.to())))
        : Optional.empty();
  }

  private static Optional<LocalTime> time(Matcher m) {
    if (m.group(1) != null) {
      boolean midnight = m.group(1).equalsIgnoreCase("midnight");
      return Optional.of(midnight ? LocalTime.MIDNIGHT : LocalTime.NOON);
    }
    if (m.group(2) != null) {
      int hour = Integer.parseInt(m.group(2));
      boolean pm = m.group(4).toLowerCase(Locale.ROOT).matches("p.*|.*(?:afternoon|evening|night)");
      return hour < 1 || hour > 12 ? Optional.empty() : of(hour % 12 + (pm ? 12 : 0), m.group(3));
    }
    return m.group(5) != null
        ? of(Integer.parseInt(m.group(5)), m.group(6))
        : of(Integer.parseInt(m.group(7)), null);
  }

  private static Optional<LocalTime> of(int hour, @Nullable String minute) {
    int minutes = minute == null ? 0 : Integer.parseInt(minute);
    return hour > 23 || minutes > 59 ? Optional.empty() : Optional.of(LocalTime.of(hour, minutes));
  }
}
