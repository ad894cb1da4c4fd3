package io.smollama.sync;

import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.WriterClock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the replicated log in full: its header, the id that follows from it, and the
 * payload's bytes as they came. The payload is absent after a redaction; the header still holds its
 * hash, so the chain still verifies. Immutable.
 */
public final class Entry {
  /** What a view sees in place of a redacted payload: valid JSON that no fold makes sense of. */
  static final String REDACTED = "null";

  private final EntryId id;
  private final EntryHeader header;
  private final byte @Nullable [] payload;

  private Entry(EntryId id, EntryHeader header, byte @Nullable [] payload) {
    this.id = id;
    this.header = header;
    this.payload = payload;
  }

  /**
   * An entry with its payload.
   *
   * @throws IllegalArgumentException if the payload is too long or is not the one that was hashed
   */
  public static Entry of(EntryHeader header, byte[] payload) {
    if (payload.length > JournalEntry.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "A payload has at most %d bytes, had %d"
              .formatted(JournalEntry.MAX_PAYLOAD_BYTES, payload.length));
    }
    if (!PayloadHash.of(payload).equals(header.payloadHash())) {
      throw new IllegalArgumentException("The payload's hash is not " + header.payloadHash());
    }
    return new Entry(EntryLayout.idOf(header), header, payload.clone());
  }

  /** An entry whose payload has been taken away. */
  public static Entry redacted(EntryHeader header) {
    return new Entry(EntryLayout.idOf(header), header, null);
  }

  /** An entry as a store gives it back, hashed when it was taken in and not again. */
  static Entry stored(EntryId id, EntryHeader header, byte @Nullable [] payload) {
    return new Entry(id, header, payload);
  }

  /** SHA-256 over the header; names the entry and what it brings into being. */
  public EntryId id() {
    return id;
  }

  /** All but the payload. */
  public EntryHeader header() {
    return header;
  }

  /** A copy of the payload's bytes as they came; empty if it was redacted. */
  public Optional<byte[]> payload() {
    return Optional.ofNullable(payload).map(byte[]::clone);
  }

  /** The payload itself, for who only reads it; null if it was redacted. */
  byte @Nullable [] bytes() {
    return payload;
  }

  /** What it counts in a message or against a peer's credit; a little more than its bytes. */
  int size() {
    return Limits.ENTRY_OVERHEAD + (payload == null ? 0 : payload.length);
  }

  /** The entry as views see it; a redacted payload reads as the JSON text {@code null}. */
  public JournalEntry toJournalEntry() {
    return new JournalEntry(
        id,
        header.chain(),
        header.seq(),
        header.lamport(),
        header.wall(),
        header.type(),
        payload == null ? REDACTED : new String(payload, StandardCharsets.UTF_8),
        Optional.of(new WriterClock(header.boot(), header.mono(), header.quality())));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Entry entry
        && id.equals(entry.id)
        && header.equals(entry.header)
        && Arrays.equals(payload, entry.payload);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, Arrays.hashCode(payload));
  }

  @Override
  public String toString() {
    return "%s/%d/%d %s %s"
        .formatted(
            header.chain().origin(), header.chain().stream(), header.seq(), header.type(), id);
  }
}
