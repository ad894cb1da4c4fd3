package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.NewEntry;
import java.util.ArrayList;
import java.util.List;

/** A replica with nothing in it, and a line of another origin for it to take. */
abstract class ReplicaFixture {
  static final ChainId CHAIN = Lines.chain(2);
  static final List<Entry> LINE = Lines.line(CHAIN, 6);

  final InMemoryLogStore store = Lines.store(1);
  final Replica replica = new Replica(store, "one", Lines.freshIds());

  Verdict take(List<Entry> entries) {
    return replica.takeIn(List.of(Run.of(entries)), Long.MAX_VALUE, Lines.NOW).get(0);
  }

  Entry append(String type) {
    return replica.append(ChainId.KNOWLEDGE, List.of(new NewEntry(type, "{}")), Lines.NOW).get(0);
  }

  List<Entry> held(String label) {
    return store.entries(CHAIN, label, 0, 1_000);
  }

  static List<Entry> join(List<Entry> first, List<Entry> second) {
    List<Entry> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
