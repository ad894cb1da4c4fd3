package io.smollama.sync;

import io.smollama.core.JournalEntry;
import io.smollama.core.NewEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a caller wants written, checked, before it has a place in a chain. Immutable. */
final class Draft {
  private final int stream;
  private final String type;
  private final byte[] payload;

  private Draft(int stream, String type, byte[] payload) {
    this.stream = stream;
    this.type = type;
    this.payload = payload;
  }

  static Draft of(int stream, String type, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > JournalEntry.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "A payload has at most %d bytes, had %d"
              .formatted(JournalEntry.MAX_PAYLOAD_BYTES, bytes.length));
    }
    if (stream < 0 || stream > 255) {
      throw new IllegalArgumentException("A stream is 0 to 255, was " + stream);
    }
    if (!JournalEntry.isType(type)) {
      throw new IllegalArgumentException(
          "An entry type matches %s, was '%s'".formatted(JournalEntry.TYPE, type));
    }
    return new Draft(stream, type, bytes);
  }

  /** Checks what a caller wants written, which may be anything but a truncation. */
  static List<Draft> all(int stream, List<NewEntry> entries) {
    if (entries.stream().anyMatch(entry -> entry.type().equals(TruncationMark.TYPE))) {
      throw new IllegalArgumentException("A truncation is declared, not appended");
    }
    return entries.stream().map(entry -> of(stream, entry.type(), entry.payload())).toList();
  }

  int stream() {
    return stream;
  }

  String type() {
    return type;
  }

  byte[] payload() {
    return payload.clone();
  }
}
