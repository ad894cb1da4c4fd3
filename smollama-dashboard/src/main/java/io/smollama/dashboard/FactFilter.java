package io.smollama.dashboard;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Which facts a person looks through.
 *
 * @param query words to find them by; empty for the latest
 * @param all retracted, past and coming ones too
 * @param believed as was believed at the end of this day; empty for now
 * @param limit the most, 1 to {@value ObservationFilter#MOST}
 */
record FactFilter(Optional<String> query, boolean all, Optional<LocalDate> believed, int limit) {

  static FactFilter of(Request request, int limit) {
    return new FactFilter(
        request.words("q").or(() -> request.words("query")),
        request.words("all").filter("true"::equals).isPresent(),
        request.words("believed").map(FactFilter::day),
        request.number("limit", limit, 1, ObservationFilter.MOST));
  }

  /** What is true now, the latest first. */
  static FactFilter latest(int limit) {
    return new FactFilter(Optional.empty(), false, Optional.empty(), limit);
  }

  static LocalDate day(String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() > 0 && day.getYear() < 10_000) {
        return day;
      }
    } catch (DateTimeException e) {
      // refused below, together with a day that no calendar on a wall has
    }
    throw Refusal.badRequest("A day is written like 2026-03-01, was '%s'.", text);
  }

  /** The last moment that counts: the end of the day, or now if that is still to come. */
  Optional<Instant> asOf(ZoneId zone, Instant now) {
    return believed
        .map(day -> day.plusDays(1).atStartOfDay(zone).toInstant().minusMillis(1))
        .map(end -> end.isAfter(now) ? now : end);
  }

  /** The day as a form has it; empty if none is asked for. */
  String believedText() {
    return believed.map(LocalDate::toString).orElse("");
  }

  /** Whether the list is another than usual. */
  boolean selects() {
    return query.isPresent() || all || believed.isPresent();
  }
}
