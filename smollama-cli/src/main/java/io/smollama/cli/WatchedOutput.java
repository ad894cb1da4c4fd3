package io.smollama.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Pattern;

/**
 * An output that remembers whether something was lost: a disk that is full, but not a reader that
 * has enough, such as {@code head}. Thread-safe.
 */
final class WatchedOutput extends FilterOutputStream {
  /** How systems name a reader that has gone, in some languages. */
  private static final Pattern READER_HAS_GONE = Pattern.compile("(?i)pipe");

  private volatile boolean lost;

  WatchedOutput(OutputStream out) {
    super(out);
  }

  /** Whether something could not be written. */
  boolean hasLost() {
    return lost;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      lost |= !READER_HAS_GONE.matcher(String.valueOf(e.getMessage())).find();
      throw e;
    }
  }
}
