package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Tips;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets go of old readings in a log, so that it does not grow for ever: of those that this replica
 * wrote, what is old and a peer holds, and the oldest if too many are held that no peer has; of
 * those of others, what they declared. Views do not change by it, and knowledge always stays.
 *
 * <p>What is old is told by the clocks that stand in the entries, what no peer holds by its number
 * alone: a wrong clock loses nothing. A {@link io.smollama.core.JournalException} says that the
 * store failed. Thread-safe.
 */
public final class LogRetention {
  /** Each cut is an entry itself. */
  private static final int WORTH_A_CUT = 50;

  private static final int PAGE = 200;

  private final SharedReplica replica;
  private final Map<Integer, Keep> keep;

  /**
   * How long entries of a stream stay. Immutable.
   *
   * @param age of what a peer holds, by the clocks of the writers
   * @param most so many entries, whether a peer holds them or not; at least 1
   */
  public record Keep(Duration age, long most) {
    public Keep {
      if (age.isNegative() || most < 1) {
        throw new IllegalArgumentException(
            "Entries are kept for a time and in a number above zero, not %s and %d"
                .formatted(age, most));
      }
    }
  }

  /**
   * What was let go of. Immutable.
   *
   * @param held entries of this replica that a peer holds
   * @param lost entries of this replica that no peer is known to hold; they were too many
   */
  public record Released(long held, long lost) {}

  /**
   * A rule for a log.
   *
   * @param keep by stream; {@link ChainId#READINGS} and {@link ChainId#ROLLUPS} can be cut
   */
  public LogRetention(SharedReplica replica, Map<Integer, Keep> keep) {
    this.replica = replica;
    this.keep = Map.copyOf(keep);
    keep.keySet().stream()
        .filter(stream -> !TruncationMark.isCuttable(stream))
        .findFirst()
        .ifPresent(
            stream -> {
              throw new IllegalArgumentException("Stream " + stream + " is never cut");
            });
  }

  /**
   * Cuts what may go.
   *
   * @param agreed what a peer is known to hold; empty if that is not known
   */
  public Released apply(Optional<Frontier> agreed, Instant now) {
    long held = 0;
    long lost = 0;
    for (Map.Entry<Integer, Keep> rule : keep.entrySet()) {
      ChainState state = own(rule.getKey());
      long there = agreed.map(f -> f.tips(state.chain())).map(Tips::highest).orElse(0L);
      long from = keepFrom(state, rule.getValue(), there, now);
      long released = from - 1 - state.cut().seq();
      if (released >= WORTH_A_CUT && replica.truncate(rule.getKey(), from)) {
        long last = Math.max(0, from - 1 - Math.max(there, state.cut().seq()));
        lost += last;
        held += released - last;
      }
    }
    dropDeclared();
    return new Released(held, lost);
  }

  private ChainState own(int stream) {
    return replica.store().chain(new ChainId(replica.self().origin(), stream));
  }

  /** The first entry that stays. */
  private long keepFrom(ChainState state, Keep rule, long there, Instant now) {
    long head = state.trunk().head().seq();
    long tooMany = head - rule.most() + 1;
    long from = state.cut().seq() + 1;
    boolean old = true;
    while (old && from < head && from <= there) {
      List<Entry> page = replica.store().entries(state.chain(), Branch.TRUNK, from - 1, PAGE);
      for (Entry entry : page) {
        old = old && entry.header().seq() <= there && isOlder(entry, now.minus(rule.age()));
        from = old ? entry.header().seq() + 1 : from;
      }
      old = old && !page.isEmpty();
    }
    return Math.min(head, Math.max(from, tooMany));
  }

  private static boolean isOlder(Entry entry, Instant than) {
    return entry.header().wall().filter(wall -> wall.isBefore(than)).isPresent();
  }

  /** What their own origins say may be gone. */
  private void dropDeclared() {
    for (ChainState state : replica.store().chains().values()) {
      boolean cuttable = TruncationMark.isCuttable(state.chain().stream());
      boolean declared =
          !state.marks().isEmpty() && state.marks().last().seq() > state.cut().seq() + 1;
      if (cuttable && declared) {
        replica.drop(state.chain());
      }
    }
  }
}
