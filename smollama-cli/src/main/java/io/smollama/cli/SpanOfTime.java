package io.smollama.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something lasts, as people type and read it: {@code 10m}, {@code 24h}, {@code 7d}. */
final class SpanOfTime {
  private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\s*(s|m|h|d|w)");
  private static final long DAY = 86_400;

  private SpanOfTime() {}

  static Duration parse(String option, String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
      throw UserError.ofUsage(
          "%s is a number with s, m, h, d or w behind it, such as 24h, was '%s'"
              .formatted(option, text));
    }
    long seconds =
        switch (form.group(2)) {
          case "s" -> 1;
          case "m" -> 60;
          case "h" -> 3_600;
          case "d" -> DAY;
          default -> 7 * DAY;
        };
    return Duration.ofSeconds(Long.parseLong(form.group(1)) * seconds);
  }

  /** In the two largest units that it has: {@code 2 d 3 h}, {@code 5 min}, {@code 12 s}. */
  static String shown(Duration span) {
    long seconds = span.toSeconds();
    if (seconds >= DAY) {
      return seconds / DAY + " d" + rest(seconds % DAY / 3_600, " h");
    } else if (seconds >= 3_600) {
      return seconds / 3_600 + " h" + rest(seconds % 3_600 / 60, " min");
    } else if (seconds >= 60) {
      return seconds / 60 + " min" + rest(seconds % 60, " s");
    }
    return seconds + " s";
  }

  private static String rest(long number, String unit) {
    return number == 0 ? "" : " " + number + unit;
  }
}
