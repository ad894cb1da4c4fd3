package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.sync.Change.Added;
import io.smollama.sync.Change.ChainChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Lines of entries that a test makes up. */
final class Lines {
  static final Stamp NOW = new Stamp(1, 0, Optional.empty(), ClockQuality.UNKNOWN);

  private Lines() {}

  static ReplicaId replicaId(long number) {
    return new ReplicaId("%032x".formatted(number));
  }

  static Supplier<ReplicaId> freshIds() {
    AtomicLong next = new AtomicLong(0xf000);
    return () -> replicaId(next.getAndIncrement());
  }

  /** The knowledge of an origin. */
  static ChainId chain(long origin) {
    return new ChainId(replicaId(origin), ChainId.KNOWLEDGE);
  }

  static Replica replica(long number) {
    return new Replica(store(number), "node" + number, () -> replicaId(number + 0x1000));
  }

  static SharedReplica shared(LogStore store, String name) {
    return new SharedReplica(store, name, freshIds(), () -> NOW);
  }

  static InMemoryLogStore store(long number) {
    return new InMemoryLogStore(new Self(replicaId(number), 1, 0));
  }

  static List<Entry> line(ChainId chain, int length) {
    return after(chain, Point.START, 0, length, "line");
  }

  /** Entries of the same chain that follow the first {@code kept} of a line. */
  static List<Entry> fork(List<Entry> line, int kept, int length, String text) {
    ChainId chain = line.get(0).header().chain();
    if (kept == 0) {
      return after(chain, Point.START, 0, length, text);
    }
    Entry last = line.get(kept - 1);
    return after(chain, Points.of(last), last.header().lamport(), length, text);
  }

  static List<Entry> after(ChainId chain, Point head, long lamport, int length, String text) {
    List<Entry> entries = new ArrayList<>();
    Point before = head;
    for (int i = 1; i <= length; i++) {
      Entry entry = entry(chain, before, lamport + i, "obs.add", "\"" + text + i + "\"");
      entries.add(entry);
      before = Points.of(entry);
    }
    return entries;
  }

  static Entry entry(ChainId chain, Point before, long lamport, String type, String payload) {
    return entry(chain, before.seq() + 1, before.id(), lamport, type, payload);
  }

  static Entry entry(
      ChainId chain, long seq, EntryId prev, long lamport, String type, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    return Entry.of(
        new EntryHeader(
            EntryHeader.VERSION,
            chain,
            seq,
            prev,
            lamport,
            1,
            0,
            Optional.empty(),
            ClockQuality.UNKNOWN,
            type,
            0,
            PayloadHash.of(bytes)),
        bytes);
  }

  /** The change that appends a line to the trunk. */
  static Change adding(LogStore store, List<Entry> line) {
    ChainState before = store.chain(line.get(0).header().chain());
    Branch trunk = new Branch(Branch.TRUNK, before.cut(), Points.of(line.get(line.size() - 1)));
    Added added = new Added(Branch.TRUNK, line);
    ChainChange change = new ChainChange(before, before.with(trunk), List.of(), List.of(added));
    return Change.of(store.self(), 1, List.of(change));
  }
}
