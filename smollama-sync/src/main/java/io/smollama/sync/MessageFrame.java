package io.smollama.sync;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A part of something that is too long for one message of a bus. Brokers take 256 KiB by habit,
 * this program 64 KiB. Immutable; the bytes are not copied.
 *
 * @param kind what it is a part of
 * @param id the same in all parts, and in the answer
 * @param index which part, from 0
 * @param count how many parts there are
 * @param bytes the part
 */
record MessageFrame(Kind kind, UUID id, int index, int count, byte[] bytes) {
  /** What is sent. */
  enum Kind {
    HELLO,
    PUSH,
    PULL,
    ANSWER,
    FAULT
  }

  /** The most parts that anything is cut into. */
  static final int MOST = SyncService.MOST_BODY_BYTES / MessageFrame.BYTES + 1;

  private static final int BYTES = 32 << 10;
  private static final byte FORM = 1;
  private static final int HEADER = 1 + 1 + 16 + 2 + 2;

  /** Cuts. */
  static List<byte[]> cut(Kind kind, UUID id, byte[] whole) {
    int count = Math.max(1, (whole.length + BYTES - 1) / BYTES);
    List<byte[]> frames = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      int length = Math.min(BYTES, whole.length - index * BYTES);
      frames.add(
          ByteBuffer.allocate(HEADER + length)
              .put(FORM)
              .put((byte) kind.ordinal())
              .putLong(id.getMostSignificantBits())
              .putLong(id.getLeastSignificantBits())
              .putShort((short) index)
              .putShort((short) count)
              .put(whole, index * BYTES, length)
              .array());
    }
    return frames;
  }

  /** Reads a part; empty if it is none of this form. */
  static Optional<MessageFrame> read(byte[] frame) {
    if (frame.length < HEADER || frame.length > HEADER + BYTES || frame[0] != FORM) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(frame, 1, frame.length - 1);
    int kind = in.get();
    UUID id = new UUID(in.getLong(), in.getLong());
    int index = in.getShort();
    int count = in.getShort();
    if (kind < 0 || kind >= Kind.values().length || index < 0 || index >= count || count > MOST) {
      return Optional.empty();
    }
    byte[] bytes = new byte[in.remaining()];
    in.get(bytes);
    return Optional.of(new MessageFrame(Kind.values()[kind], id, index, count, bytes));
  }
}
