package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Point;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * A chain's state as bytes, for stores that keep it in one column: a version; how many branches,
 * and of each the length of its label, the label, parent and head; how many marks, and these.
 * Numbers are big-endian, a point is eight bytes of sequence number and the id.
 */
final class ChainStateBytes {
  private static final byte VERSION = 1;
  private static final int ID_BYTES = 32;
  private static final int POINT_BYTES = Long.BYTES + ID_BYTES;

  private ChainStateBytes() {}

  static byte[] of(ChainState state) {
    int branchBytes = 1 + ID_BYTES + 2 * POINT_BYTES;
    ByteBuffer bytes =
        ByteBuffer.allocate(
            5 + state.branches().size() * branchBytes + state.marks().size() * POINT_BYTES);
    bytes.put(VERSION).putShort((short) state.branches().size());
    for (Branch branch : state.branches()) {
      byte[] label = HexFormat.of().parseHex(branch.label());
      bytes.put((byte) label.length).put(label);
      put(bytes, branch.parent());
      put(bytes, branch.head());
    }
    bytes.putShort((short) state.marks().size());
    state.marks().forEach(mark -> put(bytes, mark));
    byte[] used = new byte[bytes.position()];
    bytes.flip().get(used);
    return used;
  }

  /**
   * The state that these bytes stand for.
   *
   * @throws IllegalArgumentException if they stand for none
   */
  static ChainState read(ChainId chain, byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    try {
      byte version = bytes.get();
      if (version != VERSION) {
        throw new IllegalArgumentException("A chain's state has no version " + version);
      }
      List<Branch> branches = new ArrayList<>();
      for (int left = bytes.getShort(); left > 0; left--) {
        branches.add(new Branch(hex(bytes, bytes.get()), point(bytes), point(bytes)));
      }
      TreeSet<Point> marks = new TreeSet<>();
      for (int left = bytes.getShort(); left > 0; left--) {
        marks.add(point(bytes));
      }
      return new ChainState(chain, branches, marks);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("A chain's state ends too early", e);
    }
  }

  private static void put(ByteBuffer bytes, Point point) {
    bytes.putLong(point.seq()).put(HexFormat.of().parseHex(point.id().hex()));
  }

  private static Point point(ByteBuffer bytes) {
    return new Point(bytes.getLong(), new EntryId(hex(bytes, ID_BYTES)));
  }

  private static String hex(ByteBuffer bytes, int length) {
    byte[] some = new byte[length];
    bytes.get(some);
    return HexFormat.of().formatHex(some);
  }
}
