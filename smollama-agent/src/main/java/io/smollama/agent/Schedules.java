package io.smollama.agent;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Which schedules are due. Lengths of time are those of a steady clock; a time of the day counts
 * once a day, and not when the clock jumps over it by more than an hour. One thread at a time.
 */
final class Schedules {
  private static final long LATE_AT_MOST_MINUTES = 60;

  private final List<ScheduledPrompt> prompts;
  private final LongSupplier nanos;
  private final ZoneId zone;
  private final Map<String, Long> lastNanos = new HashMap<>();
  private final Map<String, ZonedDateTime> lastTimes = new HashMap<>();
  private final Map<String, LocalDate> lastDays = new HashMap<>();

  Schedules(List<ScheduledPrompt> prompts, LongSupplier nanos, ZoneId zone) {
    this.prompts = prompts;
    this.nanos = nanos;
    this.zone = zone;
    prompts.forEach(prompt -> lastNanos.put(prompt.name(), nanos.getAsLong()));
  }

  List<ScheduledPrompt> due(Instant now) {
    List<ScheduledPrompt> due = new ArrayList<>();
    for (ScheduledPrompt prompt : prompts) {
      boolean isDue =
          prompt
              .time()
              .map(time -> isTime(prompt.name(), time, now.atZone(zone)))
              .orElseGet(() -> isOver(prompt));
      if (isDue) {
        due.add(prompt);
      }
    }
    return due;
  }

  private boolean isOver(ScheduledPrompt prompt) {
    long since = nanos.getAsLong() - lastNanos.getOrDefault(prompt.name(), 0L);
    boolean over = since >= prompt.every().orElseThrow().toNanos();
    if (over) {
      lastNanos.put(prompt.name(), nanos.getAsLong());
    }
    return over;
  }

  private boolean isTime(String name, LocalTime time, ZonedDateTime now) {
    ZonedDateTime before = lastTimes.put(name, now);
    if (before == null || !now.isAfter(before)) {
      return false;
    }
    ZonedDateTime due = now.with(time);
    if (due.isAfter(now)) {
      due = due.minusDays(1);
    }
    return due.isAfter(before)
        && !due.isBefore(now.minusMinutes(LATE_AT_MOST_MINUTES))
        && !due.toLocalDate().equals(lastDays.put(name, due.toLocalDate()));
  }
}
