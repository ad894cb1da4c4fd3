package io.smollama.agent;

import java.util.Arrays;

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

  /** Takes a value at an hour; what it ended an hour with, as a distance, or NaN within an hour. */
  double next(int atHour, double value) {
    double residual = Double.NaN;
    if (atHour != hour) {
      residual = count > 0 ? ended() : Double.NaN;
      hour = atHour;
      sum = 0;
      count = 0;
    }
    sum += value;
    count++;
    return residual;
  }

  private double ended() {
    double mean = sum / count;
    boolean known = days[hour] > 0;
    double residual = known ? mean - means[hour] : Double.NaN;
    if (known) {
      spreadOf++;
      spread += (Math.abs(residual) - spread) / Math.min(spreadOf, OLDEST_DAYS * HOURS);
    }
    days[hour]++;
    means[hour] += (mean - means[hour]) / Math.min(days[hour], OLDEST_DAYS);
    return residual;
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
