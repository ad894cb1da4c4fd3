package io.smollama.sync;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Makes the sum of a message right again after a test has changed the message. */
final class Seal {
  private static final String END = "{\"end\":";

  private Seal() {}

  /** Of text whose last line is meant to be its end; other text stays as it is. */
  static byte[] of(String message) {
    int end = message.lastIndexOf(END);
    boolean last = end >= 0 && message.indexOf('\n', end) == message.length() - 1;
    byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
    if (!last || !message.substring(end).matches("\\{\"end\":\\{\"crc32\":\"[0-9a-f]{8}\"}}\n")) {
      return bytes;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, end);
    String sealed =
        message.substring(0, end) + END + "{\"crc32\":\"%08x\"}}\n".formatted(crc.getValue());
    return sealed.getBytes(StandardCharsets.ISO_8859_1);
  }

  static byte[] of(byte[] message) {
    return of(new String(message, StandardCharsets.ISO_8859_1));
  }
}
