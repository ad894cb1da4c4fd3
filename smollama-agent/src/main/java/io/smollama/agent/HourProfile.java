package io.smollama.agent;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * What a source usually says at each hour of the day, and how far it is from that: the mean of each
 * hour over the days, older days forgotten slowly. One thread at a time.
 */
final class HourProfile {
  static final int HOURS = 24;
  private static final double OLDEST_DAYS = 14;

  private final double[] means = new double[HOURS];
  private final int[] days = new int[HOURS];
  private double spread;
  private int spreadOf;
  private int hour = -1;
  private double sum;
  private int count;

  /** Takes a value; how far the hour that it ended was off, if that hour is known. */
  OptionalDouble next(int atHour, double value) {
    OptionalDouble residual = OptionalDouble.empty();
    if (atHour != hour) {
      residual = count > 0 ? ended() : residual;
      hour = atHour;
      sum = 0;
      count = 0;
    }
    sum += value;
    count++;
    return residual;
  }

  private OptionalDouble ended() {
    double mean = sum / count;
    double residual = mean - means[hour];
    boolean known = days[hour] > 0;
    if (known) {
      spreadOf++;
      spread += (Math.abs(residual) - spread) / Math.min(spreadOf, OLDEST_DAYS * HOURS);
    }
    days[hour]++;
    means[hour] += residual / Math.min(days[hour], OLDEST_DAYS);
    return known ? OptionalDouble.of(residual) : OptionalDouble.empty();
  }

  /** How many whole days of all hours are known. */
  int days() {
    return Arrays.stream(days).min().orElse(0);
  }

  /** How far the mean of an hour usually is from that of other days. */
  double spread() {
    return spread;
  }

  int highest() {
    return best(1);
  }

  int lowest() {
    return best(-1);
  }

  private int best(int sign) {
    int best = 0;
    for (int i = 1; i < HOURS; i++) {
      best = sign * means[i] > sign * means[best] ? i : best;
    }
    return best;
  }

  /** From the lowest hour to the highest. */
  double amplitude() {
    return means[highest()] - means[lowest()];
  }
}
