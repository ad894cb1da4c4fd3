package io.smollama.sync;

import io.smollama.core.ChainId;
import java.util.List;

/** The process that has it open ends at one of its operations, before it or after. */
final class MortalLogStore extends LogStoreAround {
  private int left;

  /**
   * A store around another.
   *
   * @param operations how many are done; half of one counts
   */
  MortalLogStore(LogStore inner, int operations) {
    super(inner);
    this.left = operations;
  }

  /** The process has ended. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void live() {
    if (--left <= 0) {
      throw new Killed();
    }
  }

  @Override
  public List<Entry> entries(ChainId chain, String label, long after, int limit) {
    live();
    return super.entries(chain, label, after, limit);
  }

  @Override
  public boolean commit(Change change) {
    live();
    boolean done = super.commit(change);
    live();
    return done;
  }
}
