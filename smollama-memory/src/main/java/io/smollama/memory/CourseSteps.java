package io.smollama.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums a course up in steps of time, exactly where the readings or fine enough windows are kept.
 */
final class CourseSteps {
  private static final RollupLevel FINEST = RollupLevel.FIVE_MINUTES;

  /** Long spans of steps that windows fill are made of these. */
  private static final SeriesReader.Detail WINDOWS = new SeriesReader.Detail(20_000, 0);

  private CourseSteps() {}

  static List<SeriesPoint> of(SeriesReader course, List<Instant> edges) {
    if (edges.size() < 2) {
      throw new IllegalArgumentException("A step has a begin and an end");
    }
    boolean windowsFit =
        edges.subList(1, edges.size() - 1).stream().allMatch(CourseSteps::isWhole)
            && shortest(edges).compareTo(FINEST.width()) >= 0;
    Instant to = edges.get(edges.size() - 1);
    if (!windowsFit) {
      return summed(course.points(edges.get(0), to, SeriesReader.Detail.FULL), edges);
    }
    // a window that begins before the first step tells of more, so its part is read
    Instant whole = nextWhole(edges.get(0));
    Instant begun = whole.isBefore(to) ? whole : to;
    List<SeriesPoint> points = new ArrayList<>();
    if (edges.get(0).isBefore(begun)) {
      points.addAll(course.points(edges.get(0), begun, SeriesReader.Detail.FULL));
    }
    if (begun.isBefore(to)) {
      points.addAll(course.points(begun, to, WINDOWS));
    }
    return summed(points, edges);
  }

  private static boolean isWhole(Instant edge) {
    return nextWhole(edge).equals(edge);
  }

  private static Instant nextWhole(Instant time) {
    long millis = ReadingOrder.millis(time);
    long begun = FINEST.windowStart(millis);
    return Instant.ofEpochMilli(begun == millis ? millis : begun + FINEST.millis());
  }

  /** The first and the last step may be cut short. */
  private static Duration shortest(List<Instant> edges) {
    Duration shortest = Duration.between(edges.get(0), edges.get(edges.size() - 1));
    for (int i = 1; i + 2 < edges.size(); i++) {
      Duration step = Duration.between(edges.get(i), edges.get(i + 1));
      shortest = step.compareTo(shortest) < 0 ? step : shortest;
    }
    return shortest;
  }

  private static List<SeriesPoint> summed(List<SeriesPoint> points, List<Instant> edges) {
    List<SeriesPoint> steps = new ArrayList<>();
    int next = 0;
    for (int i = 0; i + 1 < edges.size(); i++) {
      int first = next;
      while (next < points.size() && points.get(next).time().isBefore(edges.get(i + 1))) {
        next++;
      }
      if (first < next) {
        Duration step = Duration.between(edges.get(i), edges.get(i + 1));
        steps.add(SeriesPoint.together(edges.get(i), step, points.subList(first, next)));
      }
    }
    return steps;
  }
}
