package io.smollama.readings;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The section {@code bridge} of the configuration: which readings come by messages. Immutable.
 *
 * @param nodes whether readings of edge nodes are taken
 * @param prefix what the topics of edge nodes begin with; empty for that of this node
 * @param oldest how old the time may be that a message tells
 * @param topics what messages of other devices tell
 */
public record BridgeConfig(
    Use nodes, Optional<String> prefix, Duration oldest, List<TopicReading> topics) {

  /** When readings of edge nodes are taken. Immutable. */
  public enum Use {
    /** If there is a broker. */
    AUTO,
    /** Always. */
    ON,
    /** Never. */
    OFF
  }

  public BridgeConfig {
    Objects.requireNonNull(nodes, "nodes");
    topics = List.copyOf(topics);
    if (oldest.isNegative() || oldest.isZero() || oldest.compareTo(Duration.ofDays(366)) > 0) {
      throw new IllegalArgumentException(
          "bridge.oldest must be above 0 and at most a year, was " + oldest);
    }
    if (prefix
        .filter(text -> !text.matches("[^/+#\\x00](?:[^+#\\x00]{0,198}[^/+#\\x00])?"))
        .isPresent()) {
      throw new IllegalArgumentException(
          "bridge.prefix has no + and # and no slash at its ends, was '%s'"
              .formatted(prefix.get()));
    }
    long ids = topics.stream().map(one -> one.topic() + " " + one.id()).distinct().count();
    if (ids < topics.size()) {
      throw new IllegalArgumentException("Two of bridge.topics have the same topic and id");
    }
  }

  /** Readings of edge nodes if there is a broker, and nothing else. */
  public static BridgeConfig defaults() {
    return new BridgeConfig(Use.AUTO, Optional.empty(), Duration.ofDays(1), List.of());
  }
}
