package io.smollama.sync;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts parts together, in whatever order and how often they come: of each sender the newest thing,
 * of those senders that began last. Thread-safe.
 */
final class MessageAssembly {
  private final Map<String, Parts> bySender;

  private static final class Parts {
    private final MessageFrame first;
    private final byte @Nullable [][] parts;
    private int missing;

    Parts(MessageFrame first) {
      this.first = first;
      this.parts = new byte[first.count()][];
      this.missing = first.count();
    }

    boolean isOf(MessageFrame frame) {
      return first.id().equals(frame.id())
          && first.count() == frame.count()
          && first.kind() == frame.kind();
    }
  }

  MessageAssembly(int mostSenders) {
    bySender =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Parts> eldest) {
            return size() > mostSenders;
          }
        };
  }

  /** Takes a part; the whole, if this was the last that was missing. */
  synchronized Optional<byte[]> add(String sender, MessageFrame frame) {
    Parts parts = bySender.get(sender);
    if (parts == null || !parts.isOf(frame)) {
      bySender.remove(sender); // it begins last now
      parts = new Parts(frame);
      bySender.put(sender, parts);
    }
    if (parts.parts[frame.index()] == null) {
      parts.parts[frame.index()] = frame.bytes();
      parts.missing--;
    }
    if (parts.missing > 0) {
      return Optional.empty();
    }
    bySender.remove(sender);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts.parts) {
      whole.writeBytes(part);
    }
    return Optional.of(whole.toByteArray());
  }
}
