package io.smollama.agent;

import io.smollama.core.SourceId;
import io.smollama.memory.ReadingHistory;
import io.smollama.memory.SeriesPoint;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What the readings of one day say to a claim; taken from sums of five minutes and more, without
 * any model. Immutable.
 *
 * @param verdict whether they bear it out
 * @param found the number that they gave; NaN if there is none
 * @param begins when the tested hours began
 */
record ClaimResult(Verdict verdict, double found, Instant begins) {

  /** What becomes of a claim. */
  enum Verdict {
    CONFIRMED,
    STALE,
    REFUTED
  }

  /** Holds a claim against the hours that began on a day. */
  static ClaimResult of(ReadingClaim claim, LocalDate day, ReadingHistory history, ZoneId zone) {
    Instant begins = begin(claim, day, zone);
    Instant ends = end(claim, day, zone);
    Optional<Double> number = // hours that a change of the clock leaves out have none
        begins.isBefore(ends) ? number(claim, begins, ends, history) : Optional.empty();
    return number
        .map(
            found ->
                new ClaimResult(
                    claim.allows(found) ? Verdict.CONFIRMED : Verdict.REFUTED, found, begins))
        .orElseGet(() -> new ClaimResult(Verdict.STALE, Double.NaN, begins));
  }

  /** The last day whose hours of this claim are over. */
  static LocalDate lastWhole(ReadingClaim claim, Instant now, ZoneId zone) {
    LocalDate day = now.atZone(zone).toLocalDate();
    while (end(claim, day, zone).isAfter(now)) {
      day = day.minusDays(1);
    }
    return day;
  }

  private static Instant begin(ReadingClaim claim, LocalDate day, ZoneId zone) {
    return day.atTime(claim.from()).atZone(zone).toInstant();
  }

  private static Instant end(ReadingClaim claim, LocalDate day, ZoneId zone) {
    LocalDate last = claim.from().isBefore(claim.to()) ? day : day.plusDays(1);
    return last.atTime(claim.to()).atZone(zone).toInstant();
  }

  private static Optional<Double> number(
      ReadingClaim claim, Instant begins, Instant ends, ReadingHistory history) {
    SourceId source = claim.source();
    if (claim.statistic() == ReadingClaim.Statistic.LAST) {
      return history.range(source, begins, ends, 1).stream()
          .flatMap(reading -> reading.value().asNumber().stream().boxed())
          .filter(Double::isFinite)
          .findFirst();
    }
    List<SeriesPoint> sum = history.of(source).stepped(List.of(begins, ends));
    return sum.stream()
        .map(
            all ->
                switch (claim.statistic()) {
                  case MIN -> all.min();
                  case MAX -> all.max();
                  case MEAN, LAST -> all.value();
                })
        .filter(Double::isFinite)
        .findFirst();
  }
}
