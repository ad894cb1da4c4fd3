package io.smollama.memory;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Goes over all items of a memory, in parts at the same time if there are many: what takes the time
 * is reading what is known of them.
 */
final class ItemParts {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** From so many chunks on it pays to share them. */
  private static final int SHARED_FROM = 32;

  private ItemParts() {}

  /** Something that is done with the items from one number to another, exclusive. */
  interface Part<T> {
    T over(int from, int to);
  }

  /**
   * Does it with all items below a number.
   *
   * @param part is called by several threads; where a part begins a chunk of {@link ItemMarks}
   *     begins
   * @return what came of each part
   */
  static <T> List<T> each(int end, Part<T> part) {
    int chunks = (end + ItemMarks.CHUNK - 1) / ItemMarks.CHUNK;
    int parts = chunks < SHARED_FROM ? 1 : PROCESSORS;
    return IntStream.range(0, parts)
        .parallel()
        .mapToObj(
            number ->
                part.over(
                    start(chunks, number, parts), Math.min(end, start(chunks, number + 1, parts))))
        .toList();
  }

  private static int start(int chunks, int part, int parts) {
    return (int) ((long) chunks * part / parts) << ItemMarks.CHUNK_BITS;
  }
}
