package io.smollama.agent;

import java.time.ZonedDateTime;

/**
 * At which hours something usually happens, and whether it happens at one at which it never did, an
 * hour earlier and later included. One thread at a time.
 */
final class HourCounts {
  private static final int KNOWN_DAYS = 14;
  private static final int ENOUGH = 20;

  private final int[] counts = new int[HourProfile.HOURS];
  private int days;
  private int all;
  private long lastDay = Long.MIN_VALUE;

  /** It happened; true if at an unusual hour. */
  boolean happened(ZonedDateTime time) {
    long day = time.toLocalDate().toEpochDay();
    if (day != lastDay) {
      lastDay = day;
      days++;
    }
    int hour = time.getHour();
    boolean never =
        counts[hour] == 0
            && counts[(hour + 1) % HourProfile.HOURS] == 0
            && counts[(hour + HourProfile.HOURS - 1) % HourProfile.HOURS] == 0;
    boolean unusual = days > KNOWN_DAYS && all >= ENOUGH && never;
    counts[hour]++;
    all++;
    return unusual;
  }

  int days() {
    return days;
  }
}
