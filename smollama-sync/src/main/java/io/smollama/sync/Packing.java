package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.sync.Missing.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * Fills one message from many chains: control and knowledge before rollups, rollups before raw
 * readings. Each rank has a share of the message that the ranks before it leave alone, and each
 * chain a share of its rank's, so that none starves. One thread at a time.
 */
final class Packing {
  private static final int RANKS = 3;
  private static final int PAGE = 64;

  private final LogStore store;
  private final List<List<Item>> ranks = new ArrayList<>();
  private long bytes;
  private int entries;

  /** Makes ready to pack these, of each rank in this order. */
  Packing(LogStore store, List<Item> items) {
    this.store = store;
    for (int rank = 0; rank < RANKS; rank++) {
      ranks.add(new ArrayList<>());
    }
    items.forEach(item -> ranks.get(rank(item.chain.stream())).add(item));
  }

  /** A stretch and how much of it is packed. */
  static final class Item {
    private final ChainId chain;
    private final Stretch stretch;
    private final List<Entry> packed = new ArrayList<>();
    private long after;

    Item(ChainId chain, Stretch stretch) {
      this.chain = chain;
      this.stretch = stretch;
      this.after = stretch.after();
    }

    boolean isDone() {
      return left() == 0;
    }

    long left() {
      return stretch.branch().head().seq() - after;
    }
  }

  private static int rank(int stream) {
    return switch (stream) {
      case ChainId.READINGS -> 2;
      case ChainId.ROLLUPS -> 1;
      default -> 0;
    };
  }

  List<Run> pack(int maxBytes) {
    for (int rank = 0; rank < RANKS; rank++) {
      List<Item> items = ranks.get(rank);
      long share = rank == 0 ? maxBytes - maxBytes / 4 : maxBytes / 8;
      long limit = Math.min(maxBytes, bytes + share);
      for (Item item : items) {
        fill(item, Math.min(limit, bytes + share / items.size()), limit);
      }
    }
    ranks.forEach(items -> items.forEach(item -> fill(item, maxBytes, maxBytes)));
    return runs();
  }

  /** Takes entries while they fit; the first may go beyond the chain's own share. */
  private void fill(Item item, long share, long limit) {
    boolean fits = canBePlaced(item);
    while (fits && !item.isDone() && entries < Limits.MESSAGE_ENTRIES) {
      int page = Math.min(PAGE, Limits.MESSAGE_ENTRIES - entries);
      List<Entry> next = store.entries(item.chain, item.stretch.branch().label(), item.after, page);
      fits = !next.isEmpty();
      for (int i = 0; i < next.size() && fits; i++) {
        long then = bytes + next.get(i).size();
        fits = then <= (item.packed.isEmpty() ? limit : share);
        if (fits) {
          add(item, next.get(i));
        }
      }
    }
  }

  /** Whether all of what the peer needs before it is in this message. */
  private boolean canBePlaced(Item item) {
    return item.stretch.needs().isEmpty()
        || ranks.get(rank(item.chain.stream())).stream()
            .filter(other -> other.chain.equals(item.chain))
            .filter(other -> other.stretch.branch().equals(item.stretch.needs().get()))
            .allMatch(Item::isDone);
  }

  private void add(Item item, Entry entry) {
    item.packed.add(entry);
    item.after = entry.header().seq();
    bytes += entry.size();
    entries++;
  }

  private List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (List<Item> items : ranks) {
      items.stream()
          .filter(item -> !item.packed.isEmpty())
          .forEach(item -> runs.add(Run.of(item.packed)));
    }
    return runs;
  }

  /** How many entries were not packed. */
  long left() {
    return ranks.stream().flatMap(List::stream).mapToLong(Item::left).sum();
  }
}
