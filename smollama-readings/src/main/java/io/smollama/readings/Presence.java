package io.smollama.readings;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.Message;
import java.util.Locale;
import java.util.Optional;

/** Whether somebody says to be there. Thread-safe. */
final class Presence {
  private static final int MOST_BYTES = 1_000;

  private Presence() {}

  /** Empty if the message says neither online nor offline, in words or as {@code state}. */
  static Optional<Boolean> in(Message message) {
    if (message.size() > MOST_BYTES) {
      return Optional.empty();
    }
    String words = message.text().orElse("").strip();
    return of(words.startsWith("{") ? state(message) : words);
  }

  private static String state(Message message) {
    try {
      JsonNode whole = MessageValue.tree(message);
      return whole.path("state").asText("");
    } catch (UnusableMessageException e) {
      return "";
    }
  }

  private static Optional<Boolean> of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "online" -> Optional.of(true);
      case "offline" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
