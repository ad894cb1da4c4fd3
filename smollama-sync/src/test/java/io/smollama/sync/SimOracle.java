package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Sees everything, and says which invariant is broken as soon as it is. */
final class SimOracle {
  private final Simulation simulation;
  private final List<EntryId> facts = new ArrayList<>();
  private Optional<InMemoryLogStore> snapshot = Optional.empty();
  private final Map<ChainId, Map<Long, EntryId>> entryAt = new HashMap<>();
  private final Set<ChainId> forked = new HashSet<>();
  private final Set<String> reached = new TreeSet<>();
  private final SimTimes times = new SimTimes(this);
  int actions;

  SimOracle(Simulation simulation) {
    this.simulation = simulation;
  }

  void require(boolean holds, String invariant, Supplier<String> what) {
    if (!holds) {
      throw new AssertionError(invariant + ": " + what.get());
    }
  }

  /** Notes that something happened, to show that the simulation gets there. */
  void reached(String what) {
    reached.add(what);
  }

  Set<String> reached() {
    return reached;
  }

  Optional<EntryId> anyFact(SplittableRandom random) {
    return facts.isEmpty()
        ? Optional.empty()
        : Optional.of(facts.get(random.nextInt(facts.size())));
  }

  Optional<InMemoryLogStore> snapshot() {
    return snapshot;
  }

  void wrote(SimNode node, List<Entry> entries) {
    for (Entry entry : entries) {
      exists(entry);
      times.wrote(node, entry, simulation.now());
      long heard = node.contact.getOrDefault(entry.header().chain(), 0L);
      require(
          entry.header().seq() > heard,
          "I11",
          () -> "node %d issued %s after it heard of %d".formatted(node.number, entry, heard));
      if (entry.header().type().equals("mem.add")) {
        facts.add(entry.id());
      }
    }
    if (simulation.random.nextInt(40) == 0) {
      snapshot = Optional.of(node.disk.content().copy());
    }
  }

  /** Notes an entry, however it came to be, to know which chains have forked. */
  void exists(Entry entry) {
    ChainId chain = entry.header().chain();
    EntryId other =
        entryAt
            .computeIfAbsent(chain, c -> new HashMap<>())
            .putIfAbsent(entry.header().seq(), entry.id());
    if (other != null && !other.equals(entry.id())) {
      forked.add(chain);
    }
  }

  /** What was acknowledged is there, whatever happened. */
  void afterPowerCut(SimNode node) {
    for (EntryId id : node.acknowledged) {
      require(
          node.disk.content().everHeld(id),
          "I4",
          () -> "node %d acknowledged %s and lost it".formatted(node.number, id));
    }
  }

  void rewound(SimNode node) {
    snapshot = Optional.empty();
  }

  String viewOf(SimNode node) {
    return SimView.of(node.disk.content().all(), false).hash();
  }

  Set<EntryId> knowledgeOf(SimNode node) {
    return node.disk.content().all().stream()
        .filter(entry -> entry.header().chain().stream() == ChainId.KNOWLEDGE)
        .map(Entry::id)
        .collect(Collectors.toSet());
  }

  /** What a node holds of others; its own next origin is not what a peer made it take. */
  long bytes(SimNode node) {
    return node.disk.content().all().stream()
        .filter(entry -> !entry.header().type().equals("ctl.genesis"))
        .mapToLong(Entry::size)
        .sum();
  }

  private void note(SimNode node) {
    InMemoryLogStore content = node.disk.content();
    content.quarantine().forEach(refused -> reached("quarantined " + refused.code()));
    if (content.self().incarnation() > 1) {
      reached("succession");
    }
    for (ChainState state : content.chains().values()) {
      if (state.isForked()) {
        reached("fork");
      }
      if (state.cut().seq() > 0) {
        reached(state.chain().origin().equals(content.self().origin()) ? "cut" : "cut elsewhere");
      }
    }
  }

  /** I1, I2, I3 and the bounds of I13, of one node. */
  void inspect(SimNode node) {
    note(node);
    InMemoryLogStore content = node.disk.content();
    for (ChainState state : content.chains().values()) {
      for (Branch branch : state.branches()) {
        inspect(node, state, branch, content.line(state, branch));
      }
      require(state.branches().size() <= Limits.BRANCHES, "I13", () -> "too many branches");
      require(state.marks().size() <= Limits.MARKS, "I13", () -> "too many marks");
    }
    require(
        content.quarantine().size() <= Limits.QUARANTINED, "I13", () -> "too much in quarantine");
    node.takenFrom
        .values()
        .forEach(
            taken ->
                require(
                    taken <= Simulation.HOSTILE_CREDIT,
                    "I13",
                    () -> "node %d took %d bytes".formatted(node.number, taken)));
  }

  private void inspect(SimNode node, ChainState state, Branch branch, List<Entry> line) {
    Supplier<String> where =
        () -> "node %d, %s, branch '%s'".formatted(node.number, state.chain(), branch.label());
    Point before = branch.parent();
    long lamport = 0;
    for (Entry entry : line) {
      require(
          Points.before(entry).equals(before), "I1", () -> where.get() + entry + " does not chain");
      require(entry.header().lamport() > lamport, "I3", () -> where.get() + entry + " goes back");
      before = Points.of(entry);
      lamport = entry.header().lamport();
    }
    require(
        before.equals(branch.head()), "I2", () -> where.get() + ": the head is not the last entry");
    boolean labelled = branch.isTrunk() || line.get(0).id().hex().equals(branch.label());
    require(labelled, "I2", () -> where.get() + ": the label is not the first entry's");
  }

  /** When entries were written lies within the bounds that marks of clocks give. */
  void times() {
    times.inspect();
  }

  /** Every hash is what it should be; entries are shared by the nodes, each is looked at once. */
  void hashes() {
    Map<EntryId, Entry> all = new TreeMap<>();
    simulation.nodes.forEach(
        node -> node.disk.content().all().forEach(entry -> all.put(entry.id(), entry)));
    for (Entry entry : all.values()) {
      require(
          EntryLayout.idOf(entry.header()).equals(entry.id()),
          "I1",
          () -> entry + " is not its hash");
    }
  }

  /**
   * Chains of which something was cut off, and that forked: what lies beside a cut cannot be told.
   */
  boolean isExcused(ChainId chain) {
    return isCut(chain) && forked.contains(chain);
  }

  boolean isCut(ChainId chain) {
    return simulation.nodes.stream()
        .anyMatch(node -> node.disk.content().chain(chain).cut().seq() > 0);
  }
}
