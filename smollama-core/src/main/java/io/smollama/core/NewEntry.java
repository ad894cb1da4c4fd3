package io.smollama.core;

import java.util.Objects;

/**
 * What is to become an entry of a {@link Journal}. Immutable.
 *
 * @param type matches {@link JournalEntry#TYPE}
 * @param payload JSON text, at most {@link JournalEntry#MAX_PAYLOAD_BYTES} bytes in UTF-8
 */
public record NewEntry(String type, String payload) {
  public NewEntry {
    Objects.requireNonNull(payload, "payload");
    if (!JournalEntry.isType(type)) {
      throw new IllegalArgumentException(
          "An entry type matches %s, was '%s'".formatted(JournalEntry.TYPE, type));
    }
  }
}
