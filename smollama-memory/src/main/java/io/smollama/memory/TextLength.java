package io.smollama.memory;

/** The number of words of a text in one byte: exact to 127, then in steps of eight to 1,143. */
final class TextLength {
  private static final int EXACT = 128;
  private static final int STEP = 8;

  private TextLength() {}

  /** From FTS5's own record: a SQLite varint, seven bits a byte, the highest first. */
  static byte encode(byte @org.jspecify.annotations.Nullable [] docsize) {
    long words = 0;
    for (int i = 0; docsize != null && i < Math.min(docsize.length, 8); i++) {
      words = words << 7 | docsize[i] & 0x7F;
      if (docsize[i] >= 0) {
        break;
      }
    }
    return encode(words);
  }

  static byte encode(long words) {
    return (byte) (words < EXACT ? words : Math.min(255, EXACT + (words - EXACT) / STEP));
  }

  static int decode(byte code) {
    int number = code & 0xFF;
    return number < EXACT ? number : EXACT + (number - EXACT) * STEP;
  }
}
