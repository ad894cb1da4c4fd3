package io.smollama.sync;

import io.smollama.core.EntryId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes that an entry's id is the hash of, as in {@code docs/journal-format.md}: numbers are
 * big-endian, what may vary in length is preceded by its length in one byte.
 */
final class EntryLayout {
  /** Keeps these bytes from ever being taken for those of another kind of record. */
  private static final byte[] DOMAIN = "smollama.entry".getBytes(StandardCharsets.US_ASCII);

  private static final int LONGEST = 179;

  private EntryLayout() {}

  static EntryId idOf(EntryHeader header) {
    return EntryId.of(bytesOf(header));
  }

  static byte[] bytesOf(EntryHeader header) {
    ByteBuffer out = ByteBuffer.allocate(LONGEST);
    putCounted(out, DOMAIN);
    out.put((byte) header.version());
    putCounted(out, fromHex(header.chain().origin().hex()));
    out.put((byte) header.chain().stream());
    out.putLong(header.seq());
    putCounted(out, fromHex(header.prev().hex()));
    out.putLong(header.lamport());
    out.putLong(header.boot());
    out.putLong(header.mono());
    putCounted(out, header.wall().map(EntryLayout::millis).orElse(new byte[0]));
    out.put((byte) header.quality().code());
    putCounted(out, header.type().getBytes(StandardCharsets.US_ASCII));
    out.putInt(header.flags());
    putCounted(out, fromHex(header.payloadHash().hex()));
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void putCounted(ByteBuffer out, byte[] bytes) {
    out.put((byte) bytes.length).put(bytes);
  }

  private static byte[] millis(Instant wall) {
    return ByteBuffer.allocate(Long.BYTES).putLong(wall.toEpochMilli()).array();
  }

  private static byte[] fromHex(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
