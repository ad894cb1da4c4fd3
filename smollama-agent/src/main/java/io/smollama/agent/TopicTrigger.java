package io.smollama.agent;

import io.smollama.core.TopicFilter;
import java.time.Duration;
import java.util.Optional;

/**
 * Messages that are answered. Immutable.
 *
 * @param topic which, with {@code +} and {@code #}
 * @param trusted whether only people and programs of the owner can publish there, so that what they
 *     say may have outputs switched
 * @param goodFor after which time an answer is worth nothing any more; empty for the usual time
 */
public record TopicTrigger(String topic, boolean trusted, Optional<Duration> goodFor) {
  public TopicTrigger {
    new TopicFilter(topic);
    if (goodFor.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
      throw new IllegalArgumentException("good_for of '%s' is a time above zero".formatted(topic));
    }
  }

  TopicFilter filter() {
    return new TopicFilter(topic);
  }
}
