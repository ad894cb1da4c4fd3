package io.smollama.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import java.util.Optional;

/**
 * The lines of an entry within a run: its header, and its payload as it is. What follows from its
 * surroundings is left out: the chain, the id before it, the hash of a payload that is there.
 */
final class EntryJson {
  private EntryJson() {}

  /**
   * The header's line.
   *
   * @param before the entry before it in its run
   */
  static ObjectNode of(Entry entry, Optional<Entry> before) {
    EntryHeader header = entry.header();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", entry.id().hex());
    json.put("seq", header.seq());
    if (!before.map(Entry::id).equals(Optional.of(header.prev()))) {
      json.put("prev", header.prev().hex());
    }
    json.put("lamport", header.lamport());
    json.put("boot", header.boot());
    json.put("mono", header.mono());
    header.wall().ifPresent(wall -> json.put("wall", wall.toEpochMilli()));
    json.put("quality", header.quality().code());
    json.put("type", header.type());
    if (header.flags() != 0) {
      json.put("flags", header.flags());
    }
    entry
        .payload()
        .ifPresentOrElse(
            payload -> json.put("size", payload.length),
            () -> json.put("payloadHash", header.payloadHash().hex()));
    return json;
  }

  /**
   * Reads one.
   *
   * @throws MalformedMessageException if its lines are not those of an entry
   * @throws IllegalArgumentException if they are, but there cannot be such an entry, or its id is
   *     another one
   */
  static Entry read(MessageLines lines, ChainId chain, Optional<Entry> before) {
    MessageFields line = lines.next();
    Optional<byte[]> payload = payload(lines, line);
    String id = line.text("id");
    EntryHeader header = header(line, chain, before, payload);
    Entry entry = payload.isPresent() ? Entry.of(header, payload.get()) : Entry.redacted(header);
    if (!entry.id().hex().equals(id)) {
      throw new IllegalArgumentException("hashes to " + entry.id());
    }
    return entry;
  }

  private static EntryHeader header(
      MessageFields line, ChainId chain, Optional<Entry> before, Optional<byte[]> payload) {
    boolean follows = before.isPresent() && !line.has("prev");
    return new EntryHeader(
        EntryHeader.VERSION,
        chain,
        line.number("seq", 0),
        follows ? before.get().id() : new EntryId(line.text("prev")),
        line.number("lamport", 0),
        line.number("boot", 0),
        line.number("mono", 0),
        line.instant("wall"),
        ClockQuality.ofCode(line.number("quality", 0, 255)),
        line.text("type"),
        line.has("flags") ? line.number("flags", 0, Integer.MAX_VALUE) : 0,
        payload.isPresent()
            ? PayloadHash.of(payload.get())
            : new PayloadHash(line.text("payloadHash")));
  }

  /** Passes over an entry behind a damaged one. */
  static void skip(MessageLines lines) {
    payload(lines, lines.next());
  }

  private static Optional<byte[]> payload(MessageLines lines, MessageFields line) {
    return line.has("size")
        ? Optional.of(lines.payload(line.number("size", 0, Limits.PAYLOAD_BYTES)))
        : Optional.empty();
  }
}
