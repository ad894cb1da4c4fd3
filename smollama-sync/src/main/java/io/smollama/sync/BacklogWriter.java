package io.smollama.sync;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.JournalException;
import io.smollama.sync.BacklogFile.Exported;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.Push;
import java.io.BufferedOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes a backlog beside its place and puts it there when it is whole. One thread at a time. */
final class BacklogWriter implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final Path next;
  private final FileOutputStream disk;
  private final OutputStream out;
  private long chunks;
  private long entries;

  private BacklogWriter(Path file, Path next, FileOutputStream disk) {
    this.file = file;
    this.next = next;
    this.disk = disk;
    this.out = new BufferedOutputStream(disk, 1 << 16);
  }

  static BacklogWriter create(Path file, Hello hello) {
    requireOurs(file);
    Path next = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      BacklogWriter writer = new BacklogWriter(file, next, new FileOutputStream(next.toFile()));
      ObjectNode json = JSON.createObjectNode();
      json.put("version", BacklogReader.VERSION).put("name", hello.name());
      writer.line(BacklogReader.HEADER, json);
      return writer;
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }

  /** What somebody else wrote is not lost by a slip of the finger. */
  private static void requireOurs(Path file) {
    byte[] begin = ("{\"" + BacklogReader.HEADER + "\"").getBytes(StandardCharsets.US_ASCII);
    try {
      if (Files.isRegularFile(file)) {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
          if (!java.util.Arrays.equals(in.readNBytes(begin.length), begin)) {
            throw new JournalException(
                file.toString(), "is there already and no backlog; name another file", false);
          }
        }
      }
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }

  void write(SyncMessage part) {
    byte[] packed = SyncWire.gzip(SyncWire.encode(List.of(part)));
    if (part instanceof Push push) {
      entries += push.runs().stream().mapToInt(run -> run.entries().size()).sum();
    }
    chunks++;
    ObjectNode json = JSON.createObjectNode();
    json.put("size", packed.length).put("sha256", Sha256.hex(packed));
    try {
      line(BacklogReader.CHUNK, json);
      out.write(packed);
      out.write('\n');
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }

  private void line(String name, ObjectNode json) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.set(name, json);
    out.write(JSON.writeValueAsBytes(line));
    out.write('\n');
  }

  Exported finish() {
    try {
      ObjectNode json = JSON.createObjectNode();
      line(BacklogReader.END, json.put("chunks", chunks).put("entries", entries));
      out.flush();
      disk.getFD().sync();
      out.close();
      long bytes = Files.size(next);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      FolderSync.sync(file.toAbsolutePath().getParent());
      return new Exported(entries, bytes);
    } catch (IOException e) {
      throw StorageFailure.of(file, e);
    }
  }

  /** Leaves nothing behind if it was not finished. */
  @Override
  public void close() {
    try {
      disk.close();
      Files.deleteIfExists(next);
    } catch (IOException e) {
      throw StorageFailure.of(next, e);
    }
  }
}
