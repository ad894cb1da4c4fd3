package io.smollama.sync;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * Messages as bytes, in the form of {@code docs/sync-protocol.md}: lines of JSON, payloads as they
 * are. A message has one or more parts, for example a hello, a push and a pull at once.
 *
 * <p>Every entry that is read hashes to its id; where one does not, its run ends there and counts
 * as damaged. Unknown keys, and parts of one line that a later version knows, are passed over.
 * Immutable.
 */
public final class SyncWire {
  /** What the bytes are, for transports that say so. */
  public static final String MEDIA_TYPE = "application/x-ndjson";

  private static final int CHUNK = 8 * 1024;

  private SyncWire() {}

  /** Parts as one message; it may be longer than {@link Limits#MESSAGE_BYTES}. */
  public static byte[] encode(List<? extends SyncMessage> parts) {
    return new MessageWriter().write(List.copyOf(parts));
  }

  /**
   * The parts of a message.
   *
   * @throws MalformedMessageException if it is longer than {@link Limits#MESSAGE_BYTES}, ends
   *     early, or is not such a message
   */
  public static List<SyncMessage> decode(byte[] message) {
    if (message.length > Limits.MESSAGE_BYTES) {
      throw tooLarge("the message");
    }
    return List.copyOf(new MessageReader(message).read());
  }

  /** A message packed for its way. */
  public static byte[] gzip(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Unpacks a message, and not a byte more of it than a message may have.
   *
   * @throws MalformedMessageException if it is longer, or was not packed with gzip
   */
  public static byte[] gunzip(byte[] packed) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), CHUNK)) {
      return readBounded(in);
    } catch (ZipException | EOFException e) {
      throw MalformedMessageException.of(
          "the message", "is not gzip, or damaged: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a message to its end, and not a byte more than it may have.
   *
   * @throws MalformedMessageException if it is longer than {@link Limits#MESSAGE_BYTES}
   */
  public static byte[] readBounded(InputStream in) throws IOException {
    return readBounded(in, Limits.MESSAGE_BYTES);
  }

  static byte[] readBounded(InputStream in, int most) throws IOException {
    byte[] read = in.readNBytes(most + 1);
    if (read.length > most) {
      throw tooLarge("the message");
    }
    return read;
  }

  private static MalformedMessageException tooLarge(String what) {
    return MalformedMessageException.tooLarge(
        what, "has at most %d bytes unpacked; send less at once".formatted(Limits.MESSAGE_BYTES));
  }
}
