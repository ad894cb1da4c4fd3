package io.smollama.agent;

import io.smollama.core.TopicFilter;
import java.time.Duration;

/**
 * Messages that are answered. Immutable.
 *
 * @param topic which, with {@code +} and {@code #}
 * @param trusted whether only people and programs of the owner can publish there, so that what they
 *     say may have outputs switched
 * @param goodFor after which time an answer is worth nothing any more
 */
public record TopicTrigger(String topic, boolean trusted, Duration goodFor) {
  public TopicTrigger {
    new TopicFilter(topic);
    if (goodFor.isNegative() || goodFor.isZero()) {
      throw new IllegalArgumentException(
          "good_for of '%s' is a time above zero, was %s".formatted(topic, goodFor));
    }
  }

  /** Of all topics, as words that anybody can have written. */
  static TopicTrigger defaults() {
    return new TopicTrigger("#", false, Trigger.Kind.MESSAGE.usuallyGoodFor());
  }

  TopicFilter filter() {
    return new TopicFilter(topic);
  }
}
