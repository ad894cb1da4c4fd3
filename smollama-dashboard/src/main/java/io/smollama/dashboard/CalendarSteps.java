package io.smollama.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Steps of time that begin where a person's clock and calendar have whole ones. */
final class CalendarSteps {
  /** A week by the minute fits. */
  static final int MOST = 20_000;

  private static final Duration DAY = Duration.ofDays(1);
  private static final List<Duration> USUAL =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(10),
          Duration.ofMinutes(15),
          Duration.ofMinutes(30),
          Duration.ofHours(1),
          Duration.ofHours(2),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          DAY,
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(30),
          Duration.ofDays(90),
          Duration.ofDays(365));

  private CalendarSteps() {}

  /** The shortest usual step of which at most so many fill a span. */
  static Duration fitting(Duration span, int most) {
    return USUAL.stream()
        .filter(step -> step.multipliedBy(most).compareTo(span) >= 0)
        .findFirst()
        .orElse(span);
  }

  /**
   * Where steps begin and end: the ends of the span, and between them whole steps of each day, or
   * days from the first one on.
   */
  static List<Instant> edges(Instant from, Instant to, Duration step, ZoneId zone) {
    long count = Duration.between(from, to).dividedBy(step);
    if (count >= MOST) {
      throw new IllegalArgumentException(
          "'every' of %s makes %,d steps of %s, the most are %,d: take longer steps or a shorter span"
              .formatted(
                  TimeLength.words(step),
                  count,
                  TimeLength.words(Duration.between(from, to)),
                  MOST));
    }
    List<Instant> edges = new ArrayList<>(List.of(from));
    LocalDate day = from.atZone(zone).toLocalDate();
    long days = Math.max(1, step.toDays());
    boolean inDays = step.compareTo(DAY) >= 0;
    for (Instant begin = begin(day, zone); begin.isBefore(to); begin = begin(day, zone)) {
      day = day.plusDays(days);
      Instant end = inDays ? begin.plusMillis(1) : begin(day, zone);
      for (Instant edge = begin; edge.isBefore(end); edge = edge.plus(step)) {
        if (edge.isAfter(from) && edge.isBefore(to)) {
          edges.add(edge);
        }
      }
    }
    edges.add(to);
    return edges;
  }

  private static Instant begin(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }
}
