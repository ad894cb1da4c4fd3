package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;

/**
 * A disk that can be full, and whose power can go at any operation: before a write, after it, or
 * while reading.
 */
final class SimDisk implements LogStore {
  private final SplittableRandom random;
  private final Mutant mutant;
  private final List<Change> unsynced = new ArrayList<>();
  private InMemoryLogStore live;
  private InMemoryLogStore durable;
  private int operationsLeft = Integer.MAX_VALUE;
  private boolean full;
  private long commits;

  SimDisk(InMemoryLogStore content, SplittableRandom random, Mutant mutant) {
    this.live = content;
    this.durable = mutant.isLazy() ? content.copy() : content;
    this.random = random;
    this.mutant = mutant;
  }

  /** The power went. */
  static final class PowerCut extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PowerCut() {
      super("the power went", null, false, false);
    }
  }

  InMemoryLogStore content() {
    return live;
  }

  void cutPowerAfter(int operations) {
    operationsLeft = operations;
  }

  void setFull(boolean full) {
    this.full = full;
  }

  /** What was not on durable storage is gone. */
  void restart() {
    operationsLeft = Integer.MAX_VALUE;
    unsynced.clear();
    if (mutant.isLazy()) {
      live = durable.copy();
    }
  }

  /** How many changes were made. */
  long commits() {
    return commits;
  }

  private void operate() {
    if (operationsLeft-- <= 0) {
      throw new PowerCut();
    }
  }

  @Override
  public Self self() {
    operate();
    return live.self();
  }

  @Override
  public SortedMap<ChainId, ChainState> chains(ChainRange range, int limit) {
    operate();
    return live.chains(range, limit);
  }

  @Override
  public ChainState chain(ChainId chain) {
    operate();
    return live.chain(chain);
  }

  @Override
  public List<Entry> entries(ChainId chain, String label, long after, int limit) {
    operate();
    return live.entries(chain, label, after, limit);
  }

  @Override
  public boolean commit(Change decided) {
    operate();
    if (full && random.nextInt(4) > 0) {
      throw new JournalException("disk", "is full", true);
    }
    Change change = mutant.committed(decided);
    boolean done = live.commit(change);
    if (done) {
      commits++;
      sync(change);
    }
    operate();
    return done;
  }

  private void sync(Change change) {
    if (mutant.isLazy()) {
      unsynced.add(change);
      if (random.nextInt(3) == 0) {
        unsynced.forEach(durable::commit);
        unsynced.clear();
      }
    }
  }
}
