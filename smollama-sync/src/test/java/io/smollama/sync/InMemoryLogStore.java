package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A log that lasts as long as its object, and can be copied as a backup is. Thread-safe. */
final class InMemoryLogStore implements LogStore {
  private final TreeMap<ChainId, ChainState> chains = new TreeMap<>();
  private final Map<ChainId, Map<String, List<Entry>>> entries = new HashMap<>();
  private final List<Quarantined> quarantine = new ArrayList<>();
  private final Set<EntryId> ids = new HashSet<>();
  private Self self;

  InMemoryLogStore(Self self) {
    this.self = self;
  }

  /** As it is now; what becomes of either does not change the other. */
  synchronized InMemoryLogStore copy() {
    InMemoryLogStore copy = new InMemoryLogStore(self);
    copy.chains.putAll(chains);
    entries.forEach(
        (chain, branches) -> {
          Map<String, List<Entry>> copied = new HashMap<>();
          branches.forEach((label, line) -> copied.put(label, new ArrayList<>(line)));
          copy.entries.put(chain, copied);
        });
    copy.quarantine.addAll(quarantine);
    copy.ids.addAll(ids);
    return copy;
  }

  @Override
  public synchronized Self self() {
    return self;
  }

  @Override
  public synchronized SortedMap<ChainId, ChainState> chains(ChainRange range, int limit) {
    return range.first(chains, limit);
  }

  @Override
  public synchronized ChainState chain(ChainId chain) {
    ChainState state = chains.get(chain);
    return state == null ? ChainState.empty(chain) : state;
  }

  @Override
  public synchronized List<Entry> entries(ChainId chain, String label, long after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A limit is at least 1, was " + limit);
    }
    List<Entry> line = entries.getOrDefault(chain, Map.of()).getOrDefault(label, List.of());
    if (line.isEmpty()) {
      return List.of();
    }
    long from = Math.max(0, after - line.get(0).header().seq() + 1);
    return from >= line.size()
        ? List.of()
        : List.copyOf(line.subList((int) from, (int) Math.min(line.size(), from + limit)));
  }

  @Override
  public synchronized boolean commit(Change change) {
    boolean asBefore =
        change.writer().equals(self.origin())
            && change.chains().stream().allMatch(c -> chain(c.before().chain()).equals(c.before()));
    if (asBefore) {
      change.chains().forEach(this::apply);
      quarantine.addAll(change.quarantined());
      while (quarantine.size() > Limits.QUARANTINED) {
        quarantine.remove(0);
      }
      Self next = change.successor().orElse(self);
      self =
          new Self(next.origin(), next.incarnation(), Math.max(self.lamport(), change.lamport()));
    }
    return asBefore;
  }

  private void apply(Change.ChainChange change) {
    ChainId chain = change.after().chain();
    chains.put(chain, change.after());
    Map<String, List<Entry>> branches = entries.computeIfAbsent(chain, c -> new HashMap<>());
    for (Change.Split split : change.splits()) {
      List<Entry> from = branches.get(split.from());
      List<Entry> rest =
          from.stream().filter(entry -> entry.header().seq() > split.above()).toList();
      from.removeAll(rest);
      branches.put(split.to(), new ArrayList<>(rest));
    }
    long cut = change.after().cut().seq();
    branches
        .getOrDefault(Branch.TRUNK, new ArrayList<>())
        .removeIf(entry -> entry.header().seq() <= cut);
    for (Change.Added added : change.added()) {
      branches.computeIfAbsent(added.label(), label -> new ArrayList<>()).addAll(added.entries());
      added.entries().forEach(entry -> ids.add(entry.id()));
    }
  }

  /** Every entry that was ever taken in, cut off since or not. */
  synchronized Set<EntryId> everHeld() {
    return Set.copyOf(ids);
  }

  synchronized boolean everHeld(EntryId id) {
    return ids.contains(id);
  }

  synchronized List<Quarantined> quarantine() {
    return List.copyOf(quarantine);
  }

  /** Every entry, chain by chain and branch by branch. */
  synchronized List<Entry> all() {
    List<Entry> all = new ArrayList<>();
    chains
        .values()
        .forEach(state -> state.branches().forEach(branch -> all.addAll(line(state, branch))));
    return all;
  }

  List<Entry> line(ChainState state, Branch branch) {
    return entries.getOrDefault(state.chain(), Map.of()).getOrDefault(branch.label(), List.of());
  }
}
