package io.smollama.readings;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.UnsetClock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What time a message tells: an ISO time with an offset, one without, which is then of the zone
 * here, or seconds or milliseconds since 1970. Immutable.
 *
 * @param time empty if it told none that can be used
 * @param wrong whether it told one that cannot be right
 */
record ToldTime(Optional<Instant> time, boolean wrong) {
  /** Which is the year 5138 in seconds, and 1973 in milliseconds. */
  private static final double LEAST_MILLIS = 1e11;

  private static final double MOST_MILLIS = 1e15;
  private static final int LONGEST = 40;
  private static final ToldTime NONE = new ToldTime(Optional.empty(), false);
  private static final ToldTime WRONG = new ToldTime(Optional.empty(), true);

  /**
   * How far off a time may be. Immutable.
   *
   * @param zone of times without an offset
   * @param past how old it may be
   */
  record Bounds(ZoneId zone, Duration past) {
    private static final Duration FUTURE = Duration.ofDays(1);

    /** A clock here that was not set yet refutes nothing but another one. */
    boolean allow(Instant time, Instant now) {
      return UnsetClock.gave(now)
          ? !UnsetClock.gave(time)
          : !time.isBefore(now.minus(past)) && !time.isAfter(now.plus(FUTURE));
    }
  }

  /** What a value of JSON tells. */
  static ToldTime of(JsonNode node, Instant now, Bounds bounds) {
    if (node.isMissingNode() || node.isNull()) {
      return NONE;
    }
    return parsed(node, bounds.zone())
        .filter(time -> bounds.allow(time, now))
        .map(time -> new ToldTime(Optional.of(time), false))
        .orElse(WRONG);
  }

  private static Optional<Instant> parsed(JsonNode node, ZoneId zone) {
    try {
      if (node.isNumber()) {
        double number = node.doubleValue();
        boolean possible = Math.abs(number) < MOST_MILLIS;
        long millis = Math.round(number < LEAST_MILLIS ? number * 1_000 : number);
        return possible ? Optional.of(Instant.ofEpochMilli(millis)) : Optional.empty();
      }
      String text = node.isTextual() ? node.textValue().strip().replace(' ', 'T') : "";
      if (text.length() > LONGEST) {
        return Optional.empty();
      }
      boolean offset = text.matches(".*T.*(?:[zZ]|[-+][0-9:]+)");
      return Optional.of(
          offset
              ? OffsetDateTime.parse(withColon(text)).toInstant()
              : LocalDateTime.parse(text).atZone(zone).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** {@code +0200} and {@code +02} are written too. */
  private static String withColon(String text) {
    return text.replaceFirst("([-+][0-9]{2})([0-9]{2})$", "$1:$2")
        .replaceFirst("(T.*[-+][0-9]{2})$", "$1:00");
  }
}
