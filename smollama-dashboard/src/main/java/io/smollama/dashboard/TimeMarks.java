package io.smollama.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The scale of time below a chart: some whole minutes, hours, days or months of a calendar. */
final class TimeMarks {
  /** So many labels have room on a telephone. */
  private static final int MOST = 7;

  /** Closer to an edge a label would be cut. */
  private static final double EDGE = 0.04;

  private static final Duration HOURS = Duration.ofDays(2);
  private static final Duration WEEK = Duration.ofDays(10);
  private static final Duration MONTHS = Duration.ofDays(120);

  private TimeMarks() {}

  static List<CourseChart.Mark> of(Instant from, Instant to, ZoneId zone) {
    Duration span = Duration.between(from, to);
    List<Instant> edges = CalendarSteps.edges(from, to, CalendarSteps.fitting(span, MOST), zone);
    List<CourseChart.Mark> marks = new ArrayList<>();
    DateTimeFormatter form = form(span);
    for (Instant edge : edges.subList(1, edges.size() - 1)) {
      double place = (double) Duration.between(from, edge).toMillis() / span.toMillis();
      if (place > EDGE && place < 1 - EDGE) {
        marks.add(new CourseChart.Mark(CourseChart.percent(place), form.format(edge.atZone(zone))));
      }
    }
    return marks;
  }

  private static DateTimeFormatter form(Duration span) {
    String pattern =
        span.compareTo(HOURS) <= 0
            ? "HH:mm"
            : span.compareTo(WEEK) <= 0
                ? "EEE d"
                : span.compareTo(MONTHS) <= 0 ? "d MMM" : "MMM uuuu";
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }
}
