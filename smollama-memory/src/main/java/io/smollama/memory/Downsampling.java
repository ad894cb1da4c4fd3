package io.smollama.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How a course of many points becomes one of few. Immutable. */
public enum Downsampling {
  /**
   * Keeps the points that the eye needs: of each bucket the one that spans the largest triangle
   * with the point kept before and the mean of the next bucket (Steinarsson 2013, Largest Triangle
   * Three Buckets). Good for a line; a short peak may be passed over.
   */
  LTTB {
    @Override
    List<SeriesPoint> choose(List<SeriesPoint> all, int points) {
      List<SeriesPoint> kept = new ArrayList<>(points);
      kept.add(all.get(0));
      double width = (double) (all.size() - 2) / (points - 2);
      for (int bucket = 0; bucket < points - 2; bucket++) {
        int from = 1 + (int) (bucket * width);
        int to = 1 + (int) ((bucket + 1) * width);
        int next = bucket == points - 3 ? all.size() : 1 + (int) ((bucket + 2) * width);
        kept.add(largest(all.subList(from, to), kept.get(bucket), all.subList(to, next)));
      }
      kept.add(all.get(all.size() - 1));
      return kept;
    }
  },

  /**
   * One point for each of so many equal stretches of time in which something was said, with its
   * mean, smallest and largest number. Good for a band; no peak is lost, and a gap stays one.
   */
  MIN_MAX {
    @Override
    List<SeriesPoint> choose(List<SeriesPoint> all, int points) {
      List<SeriesPoint> kept = new ArrayList<>(points);
      long begin = all.get(0).time().toEpochMilli();
      long span = all.get(all.size() - 1).time().toEpochMilli() - begin + 1;
      int from = 0;
      for (int bucket = 0; bucket < points; bucket++) {
        long end = begin + Math.round((double) span * (bucket + 1) / points);
        int to = from;
        while (to < all.size() && all.get(to).time().toEpochMilli() < end) {
          to++;
        }
        if (to > from) {
          kept.add(together(all.subList(from, to)));
        }
        from = to;
      }
      return kept;
    }
  };

  abstract List<SeriesPoint> choose(List<SeriesPoint> all, int points);

  /** All points if they are few enough, else at most as many as are asked for. */
  List<SeriesPoint> reduce(List<SeriesPoint> all, int points) {
    if (all.size() <= points) {
      return List.copyOf(all);
    }
    return points == 2 && this == LTTB
        ? List.of(all.get(0), all.get(all.size() - 1))
        : choose(all, points);
  }

  private static SeriesPoint largest(
      List<SeriesPoint> bucket, SeriesPoint before, List<SeriesPoint> next) {
    double nextTime = next.stream().mapToDouble(Downsampling::millis).average().orElseThrow();
    double nextValue = next.stream().mapToDouble(SeriesPoint::value).average().orElseThrow();
    double left = millis(before);
    SeriesPoint best = bucket.get(0);
    double bestArea = -1;
    for (SeriesPoint point : bucket) {
      double area =
          Math.abs(
              (left - nextTime) * (point.value() - before.value())
                  - (left - millis(point)) * (nextValue - before.value()));
      if (area > bestArea) {
        bestArea = area;
        best = point;
      }
    }
    return best;
  }

  private static double millis(SeriesPoint point) {
    return point.time().toEpochMilli();
  }

  private static SeriesPoint together(List<SeriesPoint> bucket) {
    SeriesPoint first = bucket.get(0);
    SeriesPoint last = bucket.get(bucket.size() - 1);
    Duration span = Duration.between(first.time(), last.time()).plus(last.resolution());
    return SeriesPoint.together(first.time(), span, bucket);
  }
}
