package io.smollama.agent;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import okio.BufferedSource;

/**
 * The lines that a server sends, one after the other, each bounded. Bytes that are no UTF-8 become
 * U+FFFD. One thread at a time.
 */
final class ServerLines {
  /** The bound of Ollama's own client. */
  static final int LONGEST = 8 << 20;

  /** An object that is still open where the bytes end. */
  private static final Pattern CUT = Pattern.compile("(?s)(data:)?\\s*\\{.*(?<!})\\s*");

  private final BufferedSource source;
  private final BooleanSupplier ended;

  /**
   * @param ended whether nobody wants the rest any more
   */
  ServerLines(BufferedSource source, BooleanSupplier ended) {
    this.source = source;
    this.ended = ended;
  }

  /** The next line without its end; empty when there is none. Waits for it. */
  Optional<String> next() throws IOException {
    // What has arrived already needs no waiting, in which these would be seen.
    if (ended.getAsBoolean()) {
      throw new InterruptedIOException("ended"); // closed, or the deadline has passed
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    long end = source.indexOf((byte) '\n', 0, LONGEST + 1L);
    if (end >= 0) {
      String line = source.readUtf8(end);
      source.skip(1);
      return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    }
    if (source.getBuffer().size() > LONGEST) {
      throw new IOException("sent a line of more than %d MB".formatted(LONGEST >> 20));
    }
    String last = source.readUtf8();
    if (CUT.matcher(last).matches()) {
      throw new EOFException();
    }
    return last.isEmpty() ? Optional.empty() : Optional.of(last);
  }

  /** All that is left. */
  String rest() throws IOException {
    if (source.request(LONGEST + 1L)) {
      throw new IOException("sent more than %d MB".formatted(LONGEST >> 20));
    }
    return source.readUtf8();
  }
}
