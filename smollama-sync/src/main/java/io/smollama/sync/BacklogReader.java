package io.smollama.sync;

import io.smollama.sync.SyncMessage.Hello;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads a backlog part by part. A damaged chunk is noted and passed over; where the file itself
 * cannot be followed any more, it ends. One thread at a time.
 */
final class BacklogReader implements AutoCloseable {
  static final int VERSION = 1;
  static final String HEADER = "backlog";
  static final String CHUNK = "chunk";
  static final String END = "end";
  private static final int LONGEST_LINE = 8 * 1024;
  private static final int MOST_FAULTS = 20;

  private final Path file;
  private final InputStream in;
  private final List<String> faults = new ArrayList<>();
  private final Deque<SyncMessage> read = new ArrayDeque<>();
  private String name = "";
  private long chunks;
  private boolean ended;
  private boolean complete;

  private BacklogReader(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  static BacklogReader open(Path file) {
    try {
      InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
      BacklogReader reader = new BacklogReader(file, in);
      reader.header();
      return reader;
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }

  private void header() throws IOException {
    MessageFields header;
    try {
      header = line().in(HEADER);
      name = header.text("name");
    } catch (MalformedMessageException e) {
      in.close();
      throw MalformedMessageException.of(
          file.toString(), "is no backlog of Smollama, or its first line is damaged");
    }
    if (header.number("version", 1) > VERSION) {
      in.close();
      throw MalformedMessageException.of(
          file.toString(), "was written by a newer Smollama; upgrade this one");
    }
  }

  String name() {
    return name;
  }

  /** What could not be read, in words. */
  List<String> faults() {
    return faults;
  }

  /** Whether the end of the file was reached and nothing was missing. */
  boolean isComplete() {
    return complete;
  }

  /** The next hello or push; empty at the end. */
  Optional<SyncMessage> next() {
    try {
      while (read.isEmpty() && !ended) {
        chunk();
      }
      return Optional.ofNullable(read.poll());
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }

  private void chunk() throws IOException {
    try {
      MessageFields line = line();
      if (line.has(END)) {
        ended = true;
        complete = line.in(END).number("chunks", 0) == chunks && faults.isEmpty();
        return;
      }
      chunks++;
      MessageFields chunk = line.in(CHUNK);
      byte[] packed = in.readNBytes(chunk.number("size", 0, Limits.MESSAGE_BYTES + LONGEST_LINE));
      if (in.read() != '\n') {
        throw MalformedMessageException.of("chunk " + chunks, "breaks off");
      }
      unpack(packed, chunk.text("sha256"));
    } catch (MalformedMessageException e) {
      ended = true;
      note(e.getMessage() + "; what follows cannot be read");
    }
  }

  private void unpack(byte[] packed, String hash) {
    try {
      if (!Sha256.hex(packed).equals(hash)) {
        throw MalformedMessageException.of("chunk " + chunks, "is damaged");
      }
      for (SyncMessage part : SyncWire.decode(SyncWire.gunzip(packed))) {
        if (part instanceof Hello || part instanceof SyncMessage.Push) {
          read.add(part);
        }
      }
    } catch (MalformedMessageException e) {
      note(e.getMessage());
    }
  }

  private void note(String fault) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(fault);
    }
  }

  private MessageFields line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next >= 0 && next != '\n' && line.size() < LONGEST_LINE) {
      line.write(next);
      next = in.read();
    }
    if (next != '\n') {
      throw MalformedMessageException.of(
          "chunk " + (chunks + 1), "is missing, the file breaks off");
    }
    line.write('\n');
    try {
      return new MessageLines(line.toByteArray()).next();
    } catch (MalformedMessageException e) {
      throw MalformedMessageException.of("chunk " + (chunks + 1), "has no readable beginning");
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }
}
