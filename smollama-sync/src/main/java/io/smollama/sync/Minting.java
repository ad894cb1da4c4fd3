package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.sync.Change.Added;
import io.smollama.sync.Change.ChainChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Makes the next entries of a replica's own chains. */
final class Minting {
  private Minting() {}

  /** The change that appends these drafts to the chains of an origin that is written here. */
  static Change appending(
      Replica replica, Self writer, ReplicaId origin, List<Draft> drafts, Stamp now) {
    Map<Integer, ChainState> before = new HashMap<>();
    for (Draft draft : drafts) {
      before.computeIfAbsent(
          draft.stream(), stream -> replica.map(new ChainId(origin, stream)).state());
    }
    // Another process may have appended since: the clock is as late as the chains if read last.
    long lamport = replica.self().lamport();
    List<ChainChange> chains = appended(before::get, drafts, lamport, now);
    return Change.of(writer, lamport + drafts.size(), chains);
  }

  /** The change that appends these drafts, all of one stream, to a chain without a fork. */
  static ChainChange appended(ChainState before, List<Draft> drafts, long lamport, Stamp now) {
    return appended(stream -> before, drafts, lamport, now).get(0);
  }

  /**
   * The changes that append these drafts to chains without a fork, with Lamport timestamps in the
   * order of the drafts.
   *
   * @param states the chain of a stream
   */
  static List<ChainChange> appended(
      IntFunction<ChainState> states, List<Draft> drafts, long lamport, Stamp now) {
    SortedMap<Integer, Line> lines = new TreeMap<>();
    long clock = lamport;
    for (Draft draft : drafts) {
      lines
          .computeIfAbsent(draft.stream(), stream -> new Line(states.apply(stream)))
          .append(draft, ++clock, now);
    }
    return lines.values().stream().map(Line::change).toList();
  }

  /** What a change appends, in the order of the drafts. */
  static List<Entry> entries(Change change) {
    return change.chains().stream()
        .flatMap(chain -> chain.added().stream())
        .flatMap(added -> added.entries().stream())
        .sorted(Comparator.comparingLong(entry -> entry.header().lamport()))
        .toList();
  }

  /** A chain as it grows. */
  private static final class Line {
    private final ChainState before;
    private final List<Entry> entries = new ArrayList<>();
    private Point head;

    Line(ChainState before) {
      this.before = before;
      this.head = before.trunk().head();
    }

    void append(Draft draft, long lamport, Stamp now) {
      Entry entry = next(before.chain(), head, lamport, now, draft);
      entries.add(entry);
      head = Points.of(entry);
    }

    ChainChange change() {
      Branch trunk = new Branch(Branch.TRUNK, before.cut(), head);
      Added added = new Added(Branch.TRUNK, entries);
      return new ChainChange(before, before.with(trunk), List.of(), List.of(added));
    }
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
