package io.smollama.agent;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/**
 * Something that a model is told at times. Immutable.
 *
 * @param name for people; not blank
 * @param say what it is told
 * @param at each day at this time, such as {@code 07:30}, by this machine's calendar
 * @param every again and again after this time; one of the two is given
 */
public record ScheduledPrompt(
    String name, String say, Optional<String> at, Optional<Duration> every) {
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  public ScheduledPrompt {
    if (name.isBlank() || say.isBlank()) {
      throw new IllegalArgumentException("A schedule has a 'name' and something to 'say'");
    }
    if (at.isPresent() == every.isPresent()) {
      throw new IllegalArgumentException(
          "The schedule '%s' needs either 'at' or 'every'".formatted(name));
    }
    if (every.filter(time -> time.compareTo(SHORTEST) < 0).isPresent()) {
      throw new IllegalArgumentException(
          "The schedule '%s' is due every minute at most".formatted(name));
    }
    try {
      at.ifPresent(LocalTime::parse);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'at' of the schedule '%s' is a time such as 07:30, was '%s'"
              .formatted(name, at.orElseThrow()),
          e);
    }
  }

  Optional<LocalTime> time() {
    return at.map(LocalTime::parse);
  }
}
