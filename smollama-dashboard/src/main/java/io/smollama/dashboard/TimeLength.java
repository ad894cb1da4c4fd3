package io.smollama.dashboard;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lengths of time as people write them: {@code 30s}, {@code 15m}, {@code 24h}, {@code 7d}.
 * Immutable.
 */
public final class TimeLength {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|min|h|d)");

  private TimeLength() {}

  /** The length; empty if it is none. */
  public static Optional<Duration> parse(String text) {
    Matcher matcher = WRITTEN.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m", "min" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  /** For people, to two units: {@code 5 min}, {@code 1 h 30 min}, {@code 3 d 4 h}. */
  public static String words(Duration time) {
    if (time.toSeconds() == 0) {
      return time.toMillis() + " ms";
    } else if (time.toMinutes() == 0) {
      return time.toSeconds() + " s";
    } else if (time.toHours() == 0) {
      return two(time.toMinutes(), "min", time.toSecondsPart(), "s");
    } else if (time.toDays() == 0) {
      return two(time.toHours(), "h", time.toMinutesPart(), "min");
    }
    return two(time.toDays(), "d", time.toHoursPart(), "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    String first = "%,d %s".formatted(large, largeUnit);
    return small == 0 ? first : first + " " + small + " " + smallUnit;
  }
}
