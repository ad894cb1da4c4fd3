package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * One run of a small fleet in simulated time: a server, nodes, a stick that is carried about, a
 * hostile peer, and everything that goes wrong between them. All of it follows from the seed. Then
 * all is mended, everybody exchanges until nothing changes, and the invariants are checked.
 */
final class Simulation {
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;
  static final long LONGEST_DELAY = 180 * DAY;
  private static final long START = 1_770_000_000_000L;
  static final int HOSTILE = -1;
  static final long HOSTILE_CREDIT = 60_000;

  final SplittableRandom random;
  private final SplittableRandom clocks;
  final Mutant mutant;
  final List<SimNode> nodes = new ArrayList<>();
  final SimOracle oracle = new SimOracle(this);
  final Supplier<ReplicaId> freshIds;
  private final SimNetwork network;
  private final SimHostile hostile;
  private final SimFaults faults;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private long order;
  private long now = START;

  private record Event(long at, long order, Runnable action) {}

  Simulation(long seed, Mutant mutant) {
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 1);
    this.clocks = new SplittableRandom(seed);
    this.mutant = mutant;
    this.freshIds =
        () -> new ReplicaId("%016x%016x".formatted(random.nextLong(), random.nextLong()));
    this.network = new SimNetwork(this);
    this.hostile = new SimHostile(this);
    this.faults = new SimFaults(this, network);
  }

  /** Runs one seed; throws an {@link AssertionError} that names the invariant that is broken. */
  static Set<String> run(long seed, Mutant mutant) {
    Simulation simulation = new Simulation(seed, mutant);
    simulation.live();
    SimHealing.heal(simulation);
    return simulation.oracle.reached();
  }

  long now() {
    return now;
  }

  SimHostile hostile() {
    return hostile;
  }

  SimNode server() {
    return nodes.get(0);
  }

  void at(long delay, Runnable action) {
    events.add(new Event(now + delay, order++, action));
  }

  SimNode add(InMemoryLogStore content, boolean older) {
    SimDisk disk = new SimDisk(content, random.split(), mutant);
    SimNode node = new SimNode(nodes.size(), older, disk, mutant, freshIds, oracle::reached);
    node.clockOffset = random.nextLong(-50 * 365 * DAY, 50 * 365 * DAY);
    node.slow = random.nextInt(6) == 0;
    nodes.add(node);
    return node;
  }

  SimNode any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  private void live() {
    int count = 3 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      SimNode node = add(new InMemoryLogStore(new Self(freshIds.get(), 1, 0)), i == 1);
      at(random.nextLong(DAY), () -> act(node));
    }
    int actions = 40 + random.nextInt(100);
    for (int i = 0; i < actions * 8 && !events.isEmpty() && oracle.actions < actions; i++) {
      Event next = events.poll();
      now = next.at();
      next.action().run();
    }
  }

  /** What a node does of itself; then it comes to its next turn. */
  void act(SimNode node) {
    oracle.actions++;
    at(MINUTE + random.nextLong(DAY / 2), () -> act(node));
    if (!node.up) {
      return;
    }
    guarded(
        node,
        () -> {
          learnTheTime(node);
          int choice = random.nextInt(100);
          if (choice < 45) {
            write(node);
          } else if (choice < 75) {
            network.begin(node, partner(node));
          } else if (choice < 80) {
            hostile.visit(any());
          } else {
            faults.strike(node);
          }
        });
  }

  /** Now and then NTP answers, to less than a second. */
  private void learnTheTime(SimNode node) {
    if (clocks.nextInt(8) == 0) {
      node.setClock(clocks.nextLong(-900, 900), ClockQuality.NTP);
    }
    oracle.wrote(node, node.lookAtClock(now));
  }

  /** The power may go in the middle of anything that a node does. */
  void guarded(SimNode node, Runnable action) {
    try {
      action.run();
    } catch (SimDisk.PowerCut e) {
      oracle.reached("power cut");
      node.up = false;
      at(MINUTE + random.nextLong(2 * DAY), () -> powerReturns(node));
    } catch (JournalException e) {
      oracle.reached("disk full");
      // The disk is full: the node goes on with what it has.
    }
  }

  void powerReturns(SimNode node) {
    if (!node.up) {
      node.restart();
      oracle.afterPowerCut(node);
    }
  }

  private int partner(SimNode node) {
    int choice = random.nextInt(100);
    if (choice < 5) {
      return HOSTILE;
    }
    return choice < 80 && node != server() ? 0 : random.nextInt(nodes.size());
  }

  private void write(SimNode node) {
    int stream = random.nextInt(10) < 6 ? ChainId.KNOWLEDGE : random.nextInt(2, 5);
    List<NewEntry> drafts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      drafts.add(stream == ChainId.KNOWLEDGE ? knowledge() : other(stream));
    }
    List<Entry> entries = node.replica.append(stream, drafts, node.stamp(now));
    oracle.wrote(node, entries);
  }

  private NewEntry other(int stream) {
    return new NewEntry(
        stream == 4 ? "zz.unheard-of" : "reading.batch", "[" + random.nextInt() + "]");
  }

  private NewEntry knowledge() {
    String type =
        switch (random.nextInt(8)) {
          case 0 -> "mem.retract";
          case 1 -> "mem.restore";
          case 2 -> "mem.edit";
          case 3 -> SimView.LATER_TYPE;
          case 4 -> "obs.add";
          default -> "mem.add";
        };
    boolean about =
        type.equals("mem.retract") || type.equals("mem.restore") || type.equals("mem.edit");
    return oracle
        .anyFact(random)
        .filter(fact -> about)
        .map(fact -> new NewEntry(type, "\"" + SimView.about(fact, random.nextInt(2)) + "\""))
        .orElseGet(
            () -> new NewEntry(about ? "mem.add" : type, "{\"n\":" + random.nextInt() + "}"));
  }
}
