package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import io.smollama.core.UnsetClock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in the log what becomes known of this node's clock, so that views can tell when something
 * was written before the clock was set. Who runs a node calls {@link #look} every minute or so; a
 * {@link Synchronizer} hands on what a peer says that the time is. Thread-safe.
 */
public final class ClockMarks {
  private static final Logger LOG = LoggerFactory.getLogger(ClockMarks.class);

  /** Of the end of the control chain, to find the last marks in it. */
  private static final int READ = 64;

  private final SharedReplica replica;
  private ClockMarking marking = new ClockMarking();
  private Optional<ReplicaId> resumed = Optional.empty();

  ClockMarks(SharedReplica replica) {
    this.replica = replica;
  }

  /** How the clock is, for people. */
  public enum State {
    /** Synchronised, over the network or better. */
    SYNCHRONISED,
    /** Taken from a battery-backed clock when the machine started. */
    KEPT,
    /** Not set; what a peer said lets times be worked out. */
    TOLD,
    /** Not set, so that it shows 1970. */
    UNSET,
    /** Nobody says whether it is right. */
    UNKNOWN
  }

  /** How the clock is now. */
  public synchronized State state() {
    Stamp now = replica.now();
    boolean unset = now.wall().map(UnsetClock::gave).orElse(true);
    if (now.quality().isSynchronised()) {
      return State.SYNCHRONISED;
    } else if (current().knows(now)) {
      return State.TOLD;
    } else if (unset) {
      return State.UNSET;
    }
    return now.quality() == ClockQuality.RTC ? State.KEPT : State.UNKNOWN;
  }

  /** Looks at the own clock and writes a mark if that is due, and if there is room on the disk. */
  public synchronized void look() {
    noting(() -> current().due(replica.now()));
  }

  /**
   * A peer said what the time is; writes a mark if that helps, and if there is room on the disk.
   */
  public synchronized void told(PeerTime time) {
    noting(() -> current().due(time, replica.now()));
  }

  /** What cannot be written is due again the next time; nothing else is to fail by it. */
  private void noting(Supplier<Optional<NewEntry>> due) {
    try {
      due.get().ifPresent(this::write);
    } catch (JournalException e) {
      LOG.debug("What the clock shows was not noted", e);
    }
  }

  private void write(NewEntry entry) {
    replica.append(ChainId.CONTROL, List.of(entry)).forEach(marking::noted);
  }

  /** Under a new origin nothing is known; the log knows what an earlier process wrote. */
  private ClockMarking current() {
    ReplicaId origin = replica.self().origin();
    if (!resumed.equals(Optional.of(origin))) {
      ClockMarking fresh = new ClockMarking();
      ChainId control = new ChainId(origin, ChainId.CONTROL);
      long head = replica.store().chain(control).tips().highest();
      fresh.resume(replica.store().entries(control, Branch.TRUNK, Math.max(0, head - READ), READ));
      marking = fresh;
      resumed = Optional.of(origin);
    }
    return marking;
  }
}
