package io.smollama.core;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that is said under a topic, to whoever listens. Immutable.
 *
 * <p>An <em>event</em> happened once: it is delivered at least once, also after the way was broken
 * for a while. Of a <em>state</em> only the newest of its topic counts: it is kept for those who
 * come later, and may replace an older one that is still on its way; an empty one takes it back.
 */
public final class Message {
  /** The longest payload, in bytes. */
  public static final int MOST_BYTES = 256 << 10;

  private static final int MOST_TOPIC_BYTES = 1_000;

  /** How a message is meant. */
  public enum Kind {
    /** It happened once. */
    EVENT,
    /** It is so until the next. */
    STATE
  }

  private final String topic;
  private final byte[] payload;
  private final Kind kind;
  private final boolean stored;

  private Message(String topic, byte[] payload, Kind kind, boolean stored) {
    this.topic = topic;
    this.payload = payload;
    this.kind = Objects.requireNonNull(kind, "kind");
    this.stored = stored;
  }

  private static Message checked(String topic, byte[] payload, Kind kind) {
    int length = topic.getBytes(StandardCharsets.UTF_8).length;
    if (length < 1 || length > MOST_TOPIC_BYTES || topic.matches("(?s).*[+#\\x00].*")) {
      throw new IllegalArgumentException(
          "A topic has 1 to %,d bytes and none of + and #; was '%s'"
              .formatted(MOST_TOPIC_BYTES, topic.substring(0, Math.min(100, topic.length()))));
    }
    if (payload.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "A message has at most %,d bytes, had %,d under '%s'"
              .formatted(MOST_BYTES, payload.length, topic));
    }
    return new Message(topic, payload.clone(), kind, false);
  }

  /** Something that happened. */
  public static Message event(String topic, byte[] payload) {
    return checked(topic, payload, Kind.EVENT);
  }

  /** Something that happened, in UTF-8. */
  public static Message event(String topic, String text) {
    return event(topic, text.getBytes(StandardCharsets.UTF_8));
  }

  /** How something is; empty to take it back. */
  public static Message state(String topic, byte[] payload) {
    return checked(topic, payload, Kind.STATE);
  }

  /** How something is, in UTF-8. */
  public static Message state(String topic, String text) {
    return state(topic, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same message as one that was kept for those who come later, and may be old. */
  public Message asStored() {
    return new Message(topic, payload, kind, true);
  }

  public String topic() {
    return topic;
  }

  /** A copy of the payload. */
  public byte[] payload() {
    return payload.clone();
  }

  /** The length of the payload in bytes. */
  public int size() {
    return payload.length;
  }

  /** The payload as UTF-8; empty if it is none. */
  public Optional<String> text() {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  public Kind kind() {
    return kind;
  }

  /** Whether it was said before the listener came: nobody knows when. */
  public boolean isStored() {
    return stored;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Message that
        && topic.equals(that.topic)
        && Arrays.equals(payload, that.payload)
        && kind == that.kind
        && stored == that.stored;
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, Arrays.hashCode(payload), kind, stored);
  }

  @Override
  public String toString() {
    return "%s %s (%,d bytes)".formatted(kind, topic, payload.length);
  }
}
