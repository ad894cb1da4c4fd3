package io.smollama.dashboard;

import io.smollama.memory.ObservationType;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which observations are asked for.
 *
 * @param query words to recall by; empty for the latest
 * @param limit the most, 1 to {@value #MOST}
 * @param type only of this type
 * @param hours only of the last hours; 0 for all
 * @param all retracted and summed up ones too
 */
record ObservationFilter(
    Optional<String> query, int limit, Optional<ObservationType> type, int hours, boolean all) {
  static final int MOST = 1_000;

  /** A hundred years, in hours. */
  private static final int LONGEST = 876_600;

  static ObservationFilter of(Request request, int limit) {
    Optional<String> word = request.words("obs_type");
    Optional<ObservationType> type = word.flatMap(ObservationType::ofWord);
    if (word.isPresent() && type.isEmpty()) {
      throw Refusal.badRequest(
          "'obs_type' must be one of %s, was '%s'.",
          Arrays.stream(ObservationType.values())
              .map(ObservationType::word)
              .collect(Collectors.joining(", ")),
          word.get());
    }
    return new ObservationFilter(
        request.words("query").or(() -> request.words("q")),
        request.number("limit", limit, 1, MOST),
        type,
        request.number("hours", 0, 0, LONGEST),
        request.words("all").filter("true"::equals).isPresent());
  }

  /** The latest. */
  static ObservationFilter latest(int limit) {
    return new ObservationFilter(Optional.empty(), limit, Optional.empty(), 0, false);
  }

  /** Whether the list is another than usual. */
  boolean selects() {
    return query.isPresent() || type.isPresent() || hours > 0 || all;
  }
}
