package io.smollama.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The pages of a SQLite file one by one, whatever its table of contents says, as they were written
 * last: those of its write-ahead log before those of the file. See "Database File Format" of
 * SQLite. One thread at a time.
 */
final class PageFile implements AutoCloseable {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.ISO_8859_1);

  /** Where the size of a page stands in the header of a file; of ours it is 4,096. */
  private static final int SIZE_AT = 16;

  private static final int USUAL_SIZE = 4_096;
  private static final int SMALLEST_SIZE = 512;
  private static final int LOG_HEADER = 32;
  private static final int FRAME_HEADER = 24;

  private final FileChannel file;
  private final FileChannel log;
  private final int size;
  private final int pages;
  private final Map<Integer, Long> logged = new HashMap<>();

  private PageFile(FileChannel file, FileChannel log) throws IOException {
    this.file = file;
    this.log = log;
    this.size = size(read(file, 0, SIZE_AT + 2));
    this.pages = Math.toIntExact(Math.min(Integer.MAX_VALUE / 2, file.size() / size));
  }

  static PageFile open(Path path) throws IOException {
    Path log = path.resolveSibling(path.getFileName() + "-wal");
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    FileChannel pages = Files.exists(log) ? FileChannel.open(log, StandardOpenOption.READ) : file;
    PageFile opened = new PageFile(file, pages);
    if (pages != file) {
      opened.findLogged();
    }
    return opened;
  }

  private static int size(ByteBuffer header) {
    boolean known =
        header.remaining() > SIZE_AT + 1
            && Arrays.equals(Arrays.copyOf(header.array(), MAGIC.length), MAGIC);
    int size = known ? header.getShort(SIZE_AT) & 0xFFFF : USUAL_SIZE;
    return size >= SMALLEST_SIZE && Integer.bitCount(size) == 1 ? size : USUAL_SIZE;
  }

  private void findLogged() throws IOException {
    for (long at = LOG_HEADER; at + FRAME_HEADER + size <= log.size(); at += FRAME_HEADER + size) {
      logged.put(read(log, at, Integer.BYTES).getInt(), at + FRAME_HEADER);
    }
  }

  /** The highest number of a page; the lowest is 1. */
  int pages() {
    return Math.max(pages, logged.keySet().stream().mapToInt(page -> page).max().orElse(0));
  }

  /** The bytes of a page; empty if the file ends before it. */
  ByteBuffer page(int number) throws IOException {
    Long at = logged.get(number);
    return at == null ? read(file, (long) (number - 1) * size, size) : read(log, at, size);
  }

  private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, at + bytes.position()) >= 0) {
      // reads on
    }
    return bytes.flip();
  }

  @Override
  public void close() throws IOException {
    log.close();
    file.close();
  }
}
