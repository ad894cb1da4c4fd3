package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Of which sources and which time something is asked.
 *
 * @param fields all that was asked
 * @param source a source, or a pattern of several
 * @param from inclusive
 * @param to exclusive
 */
record HistoryRequest(FieldReader fields, String source, Instant from, Instant to) {
  private static final String USUAL = "24h";

  /** A step or span that can be computed with. */
  private static final Duration LONGEST = Duration.ofDays(200 * 366L);

  /**
   * Reads it.
   *
   * @param request {@code source}; {@code from} and {@code to}, or {@code last} (a length such as
   *     24h, which is usual)
   */
  static HistoryRequest of(JsonNode request, Instant now) {
    FieldReader fields = new FieldReader(request);
    String source = fields.required("source");
    Instant to = fields.time("to").orElse(now.truncatedTo(ChronoUnit.MILLIS).plusMillis(1));
    Optional<Instant> from = fields.time("from");
    if (from.isPresent() && fields.text("last").isPresent()) {
      throw new IllegalArgumentException("'last' and 'from' say the same twice; leave one out");
    }
    Instant begin = from.orElseGet(() -> to.minus(length(fields, "last").orElseThrow()));
    if (!begin.isBefore(to)) {
      throw new IllegalArgumentException(
          "'from' must lie before 'to', was %s and %s".formatted(begin, to));
    } else if (Duration.between(begin, to).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("A span has at most 200 years");
    }
    return new HistoryRequest(fields, source, begin, to);
  }

  private static Optional<Duration> length(FieldReader fields, String name) {
    Optional<String> text = fields.text(name).or(() -> name.equals("last") ? usual() : none());
    return text.map(
        words ->
            TimeLength.parse(words)
                .filter(time -> !time.isZero() && time.compareTo(LONGEST) < 0)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "'%s' must be a time such as 30s, 15m, 24h or 7d, was '%s'"
                                .formatted(name, words))));
  }

  private static Optional<String> usual() {
    return Optional.of(USUAL);
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  /** A length of time that was asked for. */
  Optional<Duration> length(String name) {
    return length(fields, name);
  }

  /** A number that was asked for. */
  Optional<Double> number(String name) {
    return fields
        .text(name)
        .map(
            text -> {
              try {
                double number = Double.parseDouble(text);
                if (Double.isFinite(number)) {
                  return number;
                }
              } catch (NumberFormatException e) {
                // refused below, together with what is no level
              }
              throw new IllegalArgumentException(
                  "'%s' must be a number, was '%s'".formatted(name, text));
            });
  }
}
