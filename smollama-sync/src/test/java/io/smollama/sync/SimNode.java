package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A machine of the simulation: a replica on a disk, with a clock that may be far off. */
final class SimNode {
  /**
   * Where it is counted what was pulled from the hostile peer; what that pushed is counted under
   * its number.
   */
  static final int PULLED = -2;

  final int number;
  final boolean older;
  final Mutant mutant;
  final Supplier<ReplicaId> freshIds;
  final Map<Integer, Exchange> exchanges = new HashMap<>();
  final Map<Integer, Long> takenFrom = new HashMap<>();

  /** What was acknowledged to others since the disk was last replaced by an older copy. */
  final Set<EntryId> acknowledged = new HashSet<>();

  /** The highest number of each own chain that a peer was heard to hold. */
  final Map<ChainId, Long> contact = new HashMap<>();

  SimDisk disk;
  Replica replica;
  Optional<InMemoryLogStore> backup = Optional.empty();
  boolean up = true;
  long boot = 1;
  long clockOffset;
  private ClockQuality clockQuality = ClockQuality.UNKNOWN;
  private ClockMarking marking = new ClockMarking();
  long highestPulled;
  boolean slow;
  private final Consumer<String> reached;

  SimNode(
      int number,
      boolean older,
      SimDisk disk,
      Mutant mutant,
      Supplier<ReplicaId> freshIds,
      Consumer<String> reached) {
    this.reached = reached;
    this.number = number;
    this.older = older;
    this.mutant = mutant;
    this.freshIds = freshIds;
    this.disk = disk;
    this.replica = new Replica(disk, "node" + number, freshIds);
  }

  Stamp stamp(long now) {
    Instant wall = Instant.ofEpochMilli(now + clockOffset);
    return new Stamp(boot, now, Optional.of(wall), clockQuality);
  }

  /** The clock is set, or somebody or something sets it to any other time. */
  void setClock(long offset, ClockQuality quality) {
    clockOffset = offset;
    clockQuality = quality;
  }

  /** Writes down what is known of the clock, if that is due. */
  List<Entry> lookAtClock(long now) {
    Optional<NewEntry> due = marking.due(stamp(now));
    if (due.isEmpty()) {
      return List.of();
    }
    List<Entry> written = replica.append(ChainId.CONTROL, List.of(due.get()), stamp(now));
    written.forEach(marking::noted);
    return written;
  }

  /**
   * The power comes back: what was not on durable storage is gone, and nothing is remembered of any
   * dialogue.
   */
  void restart() {
    disk.restart();
    exchanges.clear();
    replica = new Replica(disk, "node" + number, freshIds);
    boot++;
    clockQuality = ClockQuality.UNKNOWN;
    marking = new ClockMarking();
    up = true;
  }

  /** The card is replaced by an older one, and the node does not notice. */
  void restore(SimDisk older) {
    disk = older;
    acknowledged.clear();
    contact.clear();
    restart();
  }

  SyncMessage answer(SyncMessage message, SimNode asker, long credit, long now) {
    if (message instanceof Hello hello) {
      HelloReply reply = replica.answer(hello, credit, stamp(now));
      reached.accept("status " + reply.status());
      return reply;
    }
    if (message instanceof Pull pull) {
      return mutant.pulled(replica.answer(pull), asker);
    }
    Push push = (Push) message;
    PushReply reply = replica.answer(push, credit, stamp(now));
    took(reply.verdicts());
    for (int i = 0; i < push.runs().size(); i++) {
      if (reply.verdicts().get(i).acknowledges()) {
        push.runs().get(i).entries().forEach(entry -> acknowledged.add(entry.id()));
      }
    }
    return reply;
  }

  List<Verdict> takeIn(List<Run> runs, long now) {
    List<Verdict> verdicts = replica.takeIn(runs, Long.MAX_VALUE, stamp(now));
    took(verdicts);
    return verdicts;
  }

  private void took(List<Verdict> verdicts) {
    verdicts.forEach(verdict -> reached.accept("verdict " + verdict.getClass().getSimpleName()));
    mutant.received(verdicts, disk);
  }

  /** Notes what a peer was heard to hold, when the replica has acted on it. */
  void hear(SyncMessage answer) {
    Frontier held =
        answer instanceof HelloReply hello
            ? hello.held()
            : answer instanceof PullReply pull ? pull.doubts() : Frontier.EMPTY;
    held.chains().forEach((chain, tips) -> contact.merge(chain, tips.highest(), Math::max));
  }
}
