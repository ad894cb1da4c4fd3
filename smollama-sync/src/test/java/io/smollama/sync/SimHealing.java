package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Pull;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Mends everything, lets all exchange until nothing changes any more, and checks what must hold
 * then.
 */
final class SimHealing {
  private static final int MOST_ROUNDS = 25;
  private static final int MOST_MESSAGES = 200;

  private final Simulation simulation;
  private final SimOracle oracle;
  private final Map<EntryId, ChainId> known = new HashMap<>();

  private SimHealing(Simulation simulation) {
    this.simulation = simulation;
    this.oracle = simulation.oracle;
  }

  static void heal(Simulation simulation) {
    SimHealing healing = new SimHealing(simulation);
    healing.mend();
    healing.exchangeUntilQuiet();
    healing.check();
  }

  private void mend() {
    for (SimNode node : simulation.nodes) {
      node.disk.setFull(false);
      node.disk.cutPowerAfter(Integer.MAX_VALUE);
      if (!node.up) {
        simulation.powerReturns(node);
      }
      node.disk.content().all().forEach(entry -> known.put(entry.id(), entry.header().chain()));
    }
  }

  private long commits() {
    return simulation.nodes.stream().mapToLong(node -> node.disk.commits()).sum();
  }

  private void exchangeUntilQuiet() {
    long before = -1;
    for (int round = 0; round < MOST_ROUNDS && before != commits(); round++) {
      before = commits();
      for (SimNode node : simulation.nodes) {
        if (node != simulation.server()) {
          exchange(node, simulation.server());
        }
      }
    }
    oracle.require(before == commits(), "I6", () -> "the exchange does not come to rest");
  }

  private void exchange(SimNode asker, SimNode answerer) {
    long now = simulation.now();
    Exchange exchange = asker.replica.exchange(Long.MAX_VALUE);
    Optional<SyncMessage> next = exchange.next(asker.stamp(now));
    for (int i = 0; next.isPresent(); i++) {
      oracle.require(i < MOST_MESSAGES, "I6", () -> "an exchange does not end");
      SyncMessage answer = answerer.answer(next.get(), asker, Long.MAX_VALUE, now);
      exchange.accept(answer, asker.stamp(now));
      asker.hear(answer);
      next = exchange.next(asker.stamp(now));
    }
  }

  private void check() {
    if (simulation.chance(15)) {
      oracle.hashes();
    }
    oracle.times();
    simulation.nodes.forEach(oracle::inspect);
    Frontier frontier = simulation.server().replica.frontier();
    Set<EntryId> knowledge = oracle.knowledgeOf(simulation.server());
    simulation.nodes.forEach(node -> checkAgainstServer(node, frontier, knowledge));
    checkViews();
    checkFacts();
    checkSnapshot();
    checkRepetition();
  }

  private void checkAgainstServer(SimNode node, Frontier server, Set<EntryId> knowledge) {
    Frontier own = node.replica.frontier();
    TreeMap<ChainId, Tips> all = new TreeMap<>(server.chains());
    all.putAll(own.chains());
    for (ChainId chain : all.keySet()) {
      oracle.require(
          own.tips(chain).heads().equals(server.tips(chain).heads()) || oracle.isExcused(chain),
          "I6",
          () ->
              "node %d has %s of %s, the server %s"
                  .formatted(node.number, own.tips(chain), chain, server.tips(chain)));
    }
    oracle.require(
        oracle.knowledgeOf(node).equals(knowledge),
        "I5",
        () -> "node %d knows something else than the server".formatted(node.number));
    Set<EntryId> held = node.disk.content().everHeld();
    known.forEach(
        (id, chain) ->
            oracle.require(
                held.contains(id) || oracle.isCut(chain),
                "I7",
                () -> "node %d lacks %s of %s".formatted(node.number, id, chain)));
  }

  /**
   * I5: what is seen follows from what is known, which was compared; so two of the nodes are
   * enough.
   */
  private void checkViews() {
    SimNode node = simulation.any();
    oracle.require(
        oracle.viewOf(node).equals(oracle.viewOf(simulation.server())),
        "I5",
        () -> "node %d sees something else than the server".formatted(node.number));
    SimView upgraded = SimView.of(simulation.nodes.get(1).disk.content().all(), false);
    oracle.require(
        upgraded.hash().equals(oracle.viewOf(simulation.server())),
        "I5",
        () -> "after an upgrade the older node sees something else");
  }

  /** I12, and I8 of the view: the order of entries makes no difference, nor does repetition. */
  private void checkFacts() {
    List<Entry> entries = new ArrayList<>(simulation.server().disk.content().all());
    SimView view = SimView.of(entries, false);
    Collections.shuffle(entries, new Random(simulation.now()));
    SimView shuffled = SimView.of(entries, false);
    entries.subList(0, entries.size() / 2).forEach(shuffled::apply);
    oracle.require(
        view.hash().equals(shuffled.hash()), "I8", () -> "the view depends on the order");
    Map<EntryId, Boolean> operators = new HashMap<>();
    entries.stream()
        .filter(entry -> entry.header().chain().stream() == ChainId.KNOWLEDGE)
        .map(Entry::toJournalEntry)
        .sorted(io.smollama.core.JournalEntry.ORDER)
        .filter(e -> e.type().equals("mem.retract") || e.type().equals("mem.restore"))
        .filter(e -> e.payload().startsWith("\"1"))
        .forEach(
            e ->
                operators.put(
                    new EntryId(e.payload().substring(2, 66)), e.type().equals("mem.restore")));
    operators.forEach(
        (fact, active) ->
            oracle.require(
                active || !view.isActive(fact),
                "I12",
                () -> fact + " is active against an operator"));
  }

  /** I9: a newcomer that is given what a node had once, and pulls the rest, sees what all see. */
  private void checkSnapshot() {
    if (oracle.snapshot().isEmpty()) {
      return;
    }
    InMemoryLogStore given = oracle.snapshot().get();
    SimView view = SimView.of(given.all(), false);
    Replica newcomer = new Replica(given, "newcomer", simulation.freshIds);
    SimNode node = simulation.any();
    boolean more = true;
    while (more) {
      Frontier frontier = newcomer.frontier();
      Pull pull = new Pull(frontier, new TreeMap<>(), Limits.MESSAGE_BYTES);
      List<Run> runs = node.replica.answer(pull).runs();
      newcomer.takeIn(runs, Long.MAX_VALUE, node.stamp(simulation.now()));
      runs.forEach(run -> run.entries().forEach(view::apply));
      more = !frontier.equals(newcomer.frontier());
    }
    oracle.require(
        view.hash().equals(oracle.viewOf(node)),
        "I9",
        () -> "a snapshot and what lies above it are not everything");
  }

  /** I8: everything comes again, and nothing changes. */
  private void checkRepetition() {
    SimNode node = simulation.any();
    Self before = node.disk.self();
    var chains = node.disk.chains();
    for (ChainState state : simulation.server().disk.chains().values()) {
      for (Branch branch : state.branches()) {
        List<Entry> line =
            simulation
                .server()
                .disk
                .entries(state.chain(), branch.label(), 0, Limits.MESSAGE_ENTRIES);
        if (!line.isEmpty() && !oracle.isExcused(state.chain())) {
          node.takeIn(List.of(Run.of(line)), simulation.now());
        }
      }
    }
    oracle.require(
        before.equals(node.disk.self()) && chains.equals(node.disk.chains()),
        "I8",
        () ->
            "node %d changed by what it had: %s was %s"
                .formatted(node.number, node.disk.self(), before));
  }
}
