package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.sync.Change.Added;
import io.smollama.sync.Change.ChainChange;
import java.util.ArrayList;
import java.util.List;

/** Makes the next entries of a replica's own chains. */
final class Minting {
  private Minting() {}

  /** The change that appends these drafts, all of one stream, to a chain without a fork. */
  static ChainChange appended(ChainState before, List<Draft> drafts, long lamport, Stamp now) {
    List<Entry> entries = new ArrayList<>();
    Point head = before.trunk().head();
    long clock = lamport;
    for (Draft draft : drafts) {
      Entry entry = next(before.chain(), head, ++clock, now, draft);
      entries.add(entry);
      head = Points.of(entry);
    }
    Branch trunk = new Branch(Branch.TRUNK, before.cut(), head);
    Added added = new Added(Branch.TRUNK, entries);
    return new ChainChange(before, before.with(trunk), List.of(), List.of(added));
  }

  private static Entry next(ChainId chain, Point head, long lamport, Stamp now, Draft draft) {
    byte[] payload = draft.payload();
    EntryHeader header =
        new EntryHeader(
            EntryHeader.VERSION,
            chain,
            head.seq() + 1,
            head.id(),
            lamport,
            now.boot(),
            now.mono(),
            now.wall(),
            now.quality(),
            draft.type(),
            0,
            PayloadHash.of(payload));
    return Entry.of(header, payload);
  }
}
