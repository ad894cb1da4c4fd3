package io.smollama.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text in UTF-8 whose bytes that are none do not end it: each becomes half a surrogate pair,
 * which no text in UTF-8 has, so that the line with it can be found and named. One thread at a
 * time.
 */
final class Utf8Reader extends Reader {
  private static final char ESCAPE = '\uDC00';
  private static final int SIZE = 8_192;

  private final InputStream in;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(SIZE).flip();
  private final CharBuffer chars = CharBuffer.allocate(SIZE).flip();
  private final Deque<Long> malformed = new ArrayDeque<>();
  private long read;
  private boolean ended;

  Utf8Reader(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] into, int from, int most) throws IOException {
    if (most == 0) {
      return 0;
    }
    while (!chars.hasRemaining()) {
      if (ended && !bytes.hasRemaining()) {
        return -1;
      }
      fill();
    }
    int count = Math.min(most, chars.remaining());
    chars.get(into, from, count);
    return count;
  }

  private void fill() throws IOException {
    chars.clear();
    CoderResult result = decoder.decode(bytes, chars, ended);
    if (result.isMalformed()) {
      escape(result.length());
    } else if (result.isUnderflow() && !ended && chars.position() == 0) {
      bytes.compact();
      int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
      ended = count < 0;
      read += Math.max(0, count);
      bytes.position(bytes.position() + Math.max(0, count)).flip();
    }
    chars.flip();
  }

  /** Where there is room for them: a malformed sequence has at most four bytes. */
  private void escape(int length) {
    int count = Math.min(length, chars.remaining());
    for (int i = 0; i < count; i++) {
      malformed.add(read - bytes.remaining() + 1);
      chars.put((char) (ESCAPE + (bytes.get() & 0xFF)));
    }
    decoder.reset();
  }

  /**
   * What is wrong with pieces of this text, if bytes of them are no UTF-8; pieces are looked at in
   * their order.
   */
  Optional<String> complaint(List<String> pieces) {
    Optional<String> first = Optional.empty();
    for (int i = 0; i < pieces.size() && !malformed.isEmpty(); i++) {
      Optional<String> one = complaint(pieces.get(i));
      first = first.or(() -> one);
    }
    return first;
  }

  private Optional<String> complaint(String piece) {
    @Nullable String first = null;
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      boolean half = i == 0 || !Character.isHighSurrogate(piece.charAt(i - 1));
      if (half && Character.isLowSurrogate(c)) {
        long place = malformed.remove();
        first =
            first != null
                ? first
                : "byte %,d of the file (0x%02X) is no UTF-8".formatted(place, c - ESCAPE);
      }
    }
    return Optional.ofNullable(first);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
