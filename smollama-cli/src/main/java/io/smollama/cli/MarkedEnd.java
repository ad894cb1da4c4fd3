package io.smollama.cli;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * A CSV text with one more line, which marks the end. A quote that nothing closes takes it in like
 * all that follows, which is how that is noticed. One thread at a time.
 */
final class MarkedEnd extends FilterReader {
  /** What no line of a file is. */
  static final String MARK = "\0end of the file\0";

  private static final String LINE = "\n" + MARK;

  private int marked = -1;

  MarkedEnd(Reader text) {
    super(text);
  }

  @Override
  public int read(char[] into, int from, int most) throws IOException {
    if (marked < 0) {
      int count = in.read(into, from, most);
      if (count >= 0) {
        return count;
      }
      marked = 0;
    }
    int count = Math.min(most, LINE.length() - marked);
    LINE.getChars(marked, marked + count, into, from);
    marked += count;
    return count == 0 && most > 0 ? -1 : count;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }
}
