package io.smollama.agent;

import java.util.OptionalDouble;

/**
 * Finds a source that goes away from its days slowly: the means of three days in a row lie further
 * and further off on the same side, no day made most of it, and the last is further off than days
 * usually are. One thread at a time.
 */
final class DriftRule {
  private static final int KNOWN_DAYS = 7;
  private static final int IN_A_ROW = 3;
  private static final double FAR = 4;
  private static final double MOST_OF_IT = 0.7;

  private final double margin;
  private final double[] last = new double[IN_A_ROW];
  private double usual;
  private int days;
  private int quietDays;
  private double sum;
  private int hours;

  /**
   * A rule.
   *
   * @param margin a difference that nobody cares about
   */
  DriftRule(double margin) {
    this.margin = margin;
  }

  /** Takes how far an hour was off; how far the days have gone, if that is news. */
  OptionalDouble next(double residual) {
    sum += residual;
    hours++;
    if (hours < HourProfile.HOURS) {
      return OptionalDouble.empty();
    }
    double day = sum / hours;
    sum = 0;
    hours = 0;
    System.arraycopy(last, 1, last, 0, IN_A_ROW - 1);
    last[IN_A_ROW - 1] = day;
    days++;
    quietDays = Math.max(0, quietDays - 1);
    boolean drifts = days >= KNOWN_DAYS && isDrift(Math.signum(day));
    if (!drifts) {
      usual += (Math.abs(day) - usual) / Math.min(days, KNOWN_DAYS * 2);
    }
    if (drifts && quietDays == 0) {
      quietDays = KNOWN_DAYS;
      return OptionalDouble.of(day);
    }
    return OptionalDouble.empty();
  }

  private boolean isDrift(double side) {
    double total = side * last[IN_A_ROW - 1];
    double before = 0;
    for (double day : last) {
      double step = side * day - before;
      if (step <= 0 || step > MOST_OF_IT * total) {
        return false;
      }
      before = side * day;
    }
    return total > margin && total > FAR * usual;
  }
}
