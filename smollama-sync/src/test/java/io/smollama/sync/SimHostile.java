package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** A peer that says whatever the form of the messages allows. */
final class SimHostile {
  private final Simulation simulation;
  private final SplittableRandom random;
  private ChainId own;
  private Point head = Point.START;
  private long lamport = 1;

  SimHostile(Simulation simulation) {
    this.simulation = simulation;
    this.random = simulation.random.split();
    this.own = new ChainId(simulation.freshIds.get(), ChainId.KNOWLEDGE);
  }

  /** Sends something to a node, which gives it so much credit and no more. */
  void visit(SimNode node) {
    if (!node.up) {
      return;
    }
    simulation.guarded(
        node,
        () -> {
          long taken = node.takenFrom.getOrDefault(Simulation.HOSTILE, 0L);
          long before = simulation.oracle.bytes(node);
          switch (random.nextInt(6)) {
            case 0 -> node.replica.answer(hello(), 0, node.stamp(simulation.now()));
            case 1 -> node.replica.answer(pull());
            default ->
                node.answer(
                    new Push(runs()), node, Simulation.HOSTILE_CREDIT - taken, simulation.now());
          }
          long grown = simulation.oracle.bytes(node) - before;
          node.takenFrom.merge(Simulation.HOSTILE, Math.max(0, grown), Long::sum);
        });
  }

  SyncMessage answer(SyncMessage message) {
    if (message instanceof Hello) {
      Frontier held = random.nextInt(4) == 0 ? nonsense() : Frontier.EMPTY;
      return new HelloReply(2, Optional.empty(), held, PeerStatus.OK, 0);
    }
    return message instanceof Pull
        ? new PullReply(runs(), random.nextInt(3) == 0 ? 1 : 0, nonsense())
        : new PushReply(List.of(new Verdict.Ok()), nonsense());
  }

  private List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      runs.add(run());
    }
    return runs;
  }

  private Run run() {
    return switch (random.nextInt(9)) {
      case 0 -> Run.of(grow(1, EntryHeader.LIMIT - 10));
      case 1 -> Run.of(grow(5, LamportClock.FARTHEST_JUMP));
      case 2 -> Run.of(grow(1 + random.nextInt(60), 1));
      case 3 -> damaged();
      case 4 -> unchained();
      case 5 -> Run.of(List.of(forged(1, Point.START, 1)));
      case 6 -> falseMark();
      default -> forgedBehindSomeEntry();
    };
  }

  /** An endless chain of its own; a new one when the numbers run out. */
  private List<Entry> grow(int length, long wanted) {
    long step = lamport + length * wanted < EntryHeader.LIMIT ? wanted : 1;
    if (lamport + length >= EntryHeader.LIMIT) {
      own = new ChainId(simulation.freshIds.get(), ChainId.KNOWLEDGE);
      head = Point.START;
      lamport = 1;
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      lamport += step;
      String payload = "\"" + "x".repeat(random.nextInt(200)) + "\"";
      entries.add(Lines.entry(own, head, lamport, "obs.add", payload));
      head = Points.of(entries.get(i));
    }
    return entries;
  }

  private Run damaged() {
    List<Entry> entries = grow(2, 1);
    return new Run(own, entries.subList(0, random.nextInt(3)), true);
  }

  private Run unchained() {
    List<Entry> entries = new ArrayList<>(grow(4, 1));
    entries.remove(entries.size() / 2);
    return Run.of(entries);
  }

  private Entry forged(int stream, Point before, long clock) {
    ReplicaId origin = simulation.any().disk.content().self().origin();
    String payload = "{\"forged\":" + random.nextInt() + "}";
    Entry entry = Lines.entry(new ChainId(origin, stream), before, clock, "mem.add", payload);
    simulation.oracle.exists(entry);
    return entry;
  }

  /** A child for an entry that somebody wrote, with a clock that may go back. */
  private Run forgedBehindSomeEntry() {
    List<Entry> all = simulation.any().disk.content().all();
    if (all.isEmpty()) {
      return unchained();
    }
    Entry victim = all.get(random.nextInt(all.size()));
    long clock = victim.header().lamport() + random.nextInt(4) - 1;
    long possible = Math.min(Math.max(1, clock), EntryHeader.LIMIT - 1);
    String payload = "{\"forged\":" + random.nextInt() + "}";
    Entry child =
        Lines.entry(victim.header().chain(), Points.of(victim), possible, "mem.add", payload);
    simulation.oracle.exists(child);
    return Run.of(List.of(child));
  }

  private Run falseMark() {
    ReplicaId origin = simulation.any().disk.content().self().origin();
    String mark =
        random.nextBoolean()
            ? "{\"stream\":2,\"seq\":%d,\"id\":\"%s\"}".formatted(1 + random.nextInt(9), randomId())
            : "{\"stream\":1,\"seq\":\"many\"}";
    return Run.of(List.of(Lines.entry(new ChainId(origin, 0), Point.START, 1, "ctl.trunc", mark)));
  }

  private Hello hello() {
    return new Hello(new TreeSet<>(List.of(2)), own.origin(), "evil", nonsense(), Optional.empty());
  }

  private Pull pull() {
    TreeMap<ChainId, java.util.SortedSet<Point>> samples = new TreeMap<>();
    nonsense()
        .chains()
        .forEach((chain, tips) -> samples.put(chain, new java.util.TreeSet<>(tips.heads())));
    return new Pull(nonsense(), samples, 1 + random.nextInt(100_000));
  }

  private Frontier nonsense() {
    TreeMap<ChainId, Tips> chains = new TreeMap<>();
    for (SimNode node : simulation.nodes) {
      if (random.nextInt(4) == 0) {
        ChainId chain = new ChainId(node.disk.content().self().origin(), random.nextInt(5));
        Point point = new Point(random.nextInt(12), randomId());
        chains.put(chain, new Tips(random.nextInt(5), List.of(point)));
      }
    }
    return new Frontier(chains);
  }

  private EntryId randomId() {
    return new EntryId("%016x".formatted(random.nextLong()).repeat(4));
  }
}
