package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.SourceId;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a claim as a model writes it. */
final class WrittenClaim {
  private WrittenClaim() {}

  /**
   * The claim; empty if it is none, or about a source that was not offered.
   *
   * @param since the day from which on it is said
   */
  static Optional<ReadingClaim> read(JsonNode claim, List<SourceId> offered, LocalDate since) {
    Optional<SourceId> source =
        offered.stream()
            .filter(one -> one.toString().equals(claim.path("source").asText()))
            .findFirst();
    boolean bounded = claim.path("low").isNumber() || claim.path("high").isNumber();
    if (source.isEmpty() || !bounded) {
      return Optional.empty();
    }
    try {
      ReadingClaim read =
          new ReadingClaim(
              source.get(),
              hour(claim.path("from_hour")),
              hour(claim.path("to_hour")),
              ReadingClaim.Statistic.valueOf(
                  claim.path("statistic").asText().toUpperCase(Locale.ROOT)),
              claim.path("low").asDouble(Double.NEGATIVE_INFINITY),
              claim.path("high").asDouble(Double.POSITIVE_INFINITY),
              since);
      return Optional.of(read).filter(ReadingClaim::fitsAFact);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static LocalTime hour(JsonNode hour) {
    return LocalTime.of(Math.floorMod(hour.asInt(0), 24), 0);
  }
}
