package io.smollama.memory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Texts in few bytes: each text once, deflated where that helps, and then its number. */
final class TextColumn {
  private static final int PLAIN = 0;
  private static final int DEFLATED = 1;
  private static final int WORTH_DEFLATING = 64;

  /** Deflate packs no closer than 1 to 1,032; a forged size must not take the memory. */
  private static final long CLOSEST = 1_040;

  private TextColumn() {}

  static void write(BlobWriter out, List<String> texts) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    long[] numbered = new long[texts.size()];
    for (int i = 0; i < numbered.length; i++) {
      Integer known = numbers.putIfAbsent(texts.get(i), numbers.size());
      numbered[i] = known == null ? numbers.size() - 1 : known;
    }
    BlobWriter dictionary = new BlobWriter();
    numbers.keySet().forEach(text -> write(dictionary, text));
    byte[] raw = dictionary.bytes();
    byte[] deflated = raw.length < WORTH_DEFLATING ? raw : Deflation.deflated(raw);
    boolean smaller = deflated.length < raw.length;
    out.number(numbers.size());
    out.octet(smaller ? DEFLATED : PLAIN);
    out.number(raw.length);
    if (smaller) {
      out.number(deflated.length);
    }
    out.octets(smaller ? deflated : raw);
    LongColumn.write(out, numbered);
  }

  static List<String> read(BlobReader in, int count) {
    int distinct = in.count(count);
    int form = in.octet();
    int size = in.count(form == DEFLATED ? most(in.left()) : in.left());
    byte[] raw =
        form == DEFLATED
            ? Deflation.inflated(in.octets(in.count(in.left())), size)
            : in.octets(size);
    BlobReader dictionary = BlobReader.of(raw);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < distinct; i++) {
      words.add(read(dictionary));
    }
    List<String> texts = new ArrayList<>(count);
    for (long number : LongColumn.read(in, count)) {
      if (number < 0 || number >= distinct) {
        throw new DamagedBlobException("text %d of %d".formatted(number, distinct));
      }
      texts.add(words.get((int) number));
    }
    return texts;
  }

  private static int most(int packed) {
    return (int) Math.min(Integer.MAX_VALUE - 8, CLOSEST * packed);
  }

  /** UTF-8, or UTF-16 for a text that is not well-formed: half a surrogate pair must come back. */
  static void write(BlobWriter out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean exact = new String(bytes, StandardCharsets.UTF_8).equals(text);
    byte[] stored = exact ? bytes : utf16(text);
    out.number((long) stored.length << 1 | (exact ? 0 : 1));
    out.octets(stored);
  }

  static String read(BlobReader in) {
    long header = in.number();
    long size = header >>> 1;
    if (size > in.left()) {
      throw new DamagedBlobException("a text of %d bytes in %d".formatted(size, in.left()));
    }
    byte[] stored = in.octets((int) size);
    return (header & 1) == 0 ? new String(stored, StandardCharsets.UTF_8) : ofUtf16(stored);
  }

  /** By hand: the encoder of the JDK replaces what is not well-formed. */
  private static byte[] utf16(String text) {
    byte[] bytes = new byte[2 * text.length()];
    for (int i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return bytes;
  }

  private static String ofUtf16(byte[] bytes) {
    char[] chars = new char[bytes.length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) ((bytes[2 * i] & 0xFF) << 8 | bytes[2 * i + 1] & 0xFF);
    }
    return new String(chars);
  }
}
