package io.smollama.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
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

  /** Where the first list of free pages is named. */
  private static final int FREE_AT = 32;

  private static final int USUAL_SIZE = 4_096;
  private static final int MOST_LOOKED_AT = 2_000;
  private static final int ENOUGH = 2;
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

  /** Whether some pages are of the tables and indexes of a database, whatever the first says. */
  static boolean hasPagesOfTables(Path path) throws IOException {
    try (PageFile file = open(path)) {
      int step = 1 + file.pages() / MOST_LOOKED_AT;
      int found = 0;
      for (int page = 2; page <= file.pages() && found < ENOUGH; page += step) {
        found += isOfTable(file.page(page)) ? 1 : 0;
      }
      return found == ENOUGH;
    }
  }

  /** Of pages of random bytes it is one in a hundred thousand. */
  private static boolean isOfTable(ByteBuffer page) {
    if (page.remaining() < USUAL_SIZE) {
      return false;
    }
    int type = page.get(0);
    int free = page.getShort(1) & 0xFFFF;
    int cells = page.getShort(3) & 0xFFFF;
    int content = page.getShort(5) & 0xFFFF;
    boolean leaf = type == 10 || type == 13;
    boolean inner = type == 2 || type == 5;
    int head = leaf ? 8 : 12;
    return (leaf || inner)
        && free < page.limit()
        && content <= page.limit()
        && content >= head + 2 * cells;
  }

  private static int size(ByteBuffer header) {
    boolean known = header.remaining() > SIZE_AT + 1 && Arrays.equals(start(header), MAGIC);
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

  /**
   * The pages that hold nothing any more, as far as the file says so: a list of lists, which begins
   * in the first page. See "The Freelist" of SQLite's file format.
   */
  BitSet freePages() throws IOException {
    BitSet free = new BitSet();
    ByteBuffer first = page(1);
    boolean known = first.remaining() == size && Arrays.equals(MAGIC, start(first));
    int next = known ? first.getInt(FREE_AT) : 0;
    while (next > 1 && next <= pages() && !free.get(next)) {
      free.set(next);
      ByteBuffer list = page(next);
      int count = list.remaining() < size ? 0 : list.getInt(Integer.BYTES);
      for (int i = 0; i < Math.min(count, size / Integer.BYTES - 2); i++) {
        int page = list.getInt((i + 2) * Integer.BYTES);
        if (page > 1 && page <= pages()) {
          free.set(page);
        }
      }
      next = list.remaining() < size ? 0 : list.getInt(0);
    }
    return free;
  }

  private static byte[] start(ByteBuffer page) {
    return Arrays.copyOf(page.array(), MAGIC.length);
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
