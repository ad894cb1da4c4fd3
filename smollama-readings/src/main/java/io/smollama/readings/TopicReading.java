package io.smollama.readings;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * One value that messages of some topics tell, and the source that it becomes. Immutable.
 *
 * @param topic which messages, such as {@code tele/+/SENSOR}
 * @param id of the source, such as {@code {1}/power}; {@code {1}} is what the first {@code +} or
 *     {@code #} of the topic stood for
 * @param pointer where in the message, as JSON pointer such as {@code /ENERGY/Power}; empty if the
 *     whole message is the value
 * @param unit a word of {@link io.smollama.core.Units}, or one of your own
 * @param type how the value is to be understood
 * @param time where in the message its time is, as JSON pointer; empty for when it came
 * @param staleAfter how long without a message makes it stale; empty for three times as long as it
 *     usually takes
 * @param availability who says whether the device is there
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
 */
public record TopicReading(
    String topic,
    String id,
    Optional<String> pointer,
    Optional<String> unit,
    ValueForm type,
    Optional<String> time,
    Optional<Duration> staleAfter,
    Optional<Availability> availability) {
  private static final int LONGEST_UNIT = 40;

  /**
   * A topic that says {@code online} or {@code offline}, in plain words or as {@code {"state":
   * "online"}}. Immutable.
   *
   * @param topic such as {@code tele/{1}/LWT}
   */
  public record Availability(String topic) {
    public Availability {
      Objects.requireNonNull(topic, "topic");
    }
  }

  public TopicReading {
    Objects.requireNonNull(type, "type");
    TopicPattern pattern = TopicPattern.of(topic);
    if (id.isBlank() || id.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("The id of what '%s' tells is empty".formatted(topic));
    }
    pattern.requireFits("The id", id);
    availability.ifPresent(
        one -> {
          pattern.requireFits("The topic of availability", one.topic());
          TopicPattern.widened(one.topic());
        });
    pointer.ifPresent(TopicReading::requirePointer);
    time.ifPresent(TopicReading::requirePointer);
    if (unit.orElse("").length() > LONGEST_UNIT) {
      throw new IllegalArgumentException(
          "A unit has at most %d characters, was '%s'".formatted(LONGEST_UNIT, unit.get()));
    }
    if (staleAfter.filter(after -> after.isNegative() || after.isZero()).isPresent()) {
      throw new IllegalArgumentException("stale_after must be above 0, was " + staleAfter.get());
    }
  }

  /** A value at a pointer, as it looks. */
  public static TopicReading of(String topic, String id, String pointer, String unit) {
    return new TopicReading(
        topic,
        id,
        Optional.of(pointer),
        Optional.of(unit),
        ValueForm.AUTO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** A whole message as a value. */
  public static TopicReading whole(String topic, String id, ValueForm type) {
    return new TopicReading(
        topic,
        id,
        Optional.empty(),
        Optional.empty(),
        type,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same whose device says whether it is there. */
  public TopicReading available(String byTopic) {
    return new TopicReading(
        topic, id, pointer, unit, type, time, staleAfter, Optional.of(new Availability(byTopic)));
  }

  private static void requirePointer(String text) {
    try {
      JsonPointer.compile(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "A JSON pointer begins with a slash, as /ENERGY/Power; was '%s'".formatted(text), e);
    }
  }
}
