package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.util.List;
import java.util.Set;

/**
 * Whose words readings are. The name of a source and the texts that it says are words too, and a
 * model may take them for instructions. Immutable.
 *
 * @param trusted types, such as {@code garden}, or whole ids of sources besides those of the node
 *     itself, whose names were given by the owner
 */
record SourceTrust(List<String> trusted) {
  private static final Set<String> OWN = Set.of("system", "gpio", "house");

  SourceTrust {
    trusted = List.copyOf(trusted);
  }

  /** Only the node's own sources. */
  static SourceTrust defaults() {
    return new SourceTrust(List.of());
  }

  /** Whether somebody else can have chosen the words of a reading. */
  boolean isFromOutside(Reading reading) {
    return !isNamedByOwner(reading.source())
        || reading.value() instanceof ReadingValue.Text
        || reading.value() instanceof ReadingValue.Json;
  }

  /** Whether the name of a source can be read by a model that acts. */
  boolean isNamedByOwner(SourceId source) {
    return source.node().isEmpty()
        && (OWN.contains(source.type())
            || trusted.contains(source.type())
            || trusted.contains(source.toString()));
  }
}
