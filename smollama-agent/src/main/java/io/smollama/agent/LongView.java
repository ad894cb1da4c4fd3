package io.smollama.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Looks at the means of five minutes by the {@link AnomalyDetector}: what is unlike anything of the
 * last two weeks, though it may lie within what is usual. One thread at a time.
 */
final class LongView {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  /** About three days: what is new until then is only new to the detector. */
  private static final int PROBATION = 750;

  private final AnomalyDetector detector = new AnomalyDetector();
  private long window = Long.MIN_VALUE;
  private double sum;
  private int count;
  private int windows;

  /** Takes a value; the mean of the window that it ended, if that is worth telling. */
  OptionalDouble next(double value, Instant time) {
    OptionalDouble news = OptionalDouble.empty();
    long in = Math.floorDiv(time.toEpochMilli(), WINDOW.toMillis());
    if (in != window) {
      if (count > 0) {
        double mean = sum / count;
        boolean tells = detector.score(mean) >= AnomalyDetector.WORTH_TELLING;
        windows++;
        news = tells && windows > PROBATION ? OptionalDouble.of(mean) : news;
      }
      window = in;
      sum = 0;
      count = 0;
    }
    sum += value;
    count++;
    return news;
  }
}
