package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.Units;
import io.smollama.memory.UsualRange;
import java.time.Instant;
import java.util.Optional;

/**
 * A reading that may answer a question. Immutable.
 *
 * @param reading the newest of its source
 * @param name what people call the source
 * @param score nearness of the question to the source, -1 to 1
 * @param usual where its numbers lay in the last day; empty if little is known
 */
public record GroundedReading(
    Reading reading, String name, double score, Optional<UsualRange> usual) {

  /**
   * Source, value, unit, age and usual range: {@code system:load_avg 0.4, 3 s ago (usually
   * 0.2-0.6)}.
   */
  public String describe(Instant now) {
    return reading.describe() + ", " + Age.of(reading.time(), now) + usualRange(" (usually ", ")");
  }

  /** The bare fact, for a model to read: {@code CPU load is 0.4}. */
  String tell() {
    return name + " is " + reading.display();
  }

  private String usualRange(String before, String after) {
    return usual
        .map(
            range ->
                before
                    + Units.with(Figures.range(range.low(), range.high()), reading.unit())
                    + after)
        .orElse("");
  }
}
