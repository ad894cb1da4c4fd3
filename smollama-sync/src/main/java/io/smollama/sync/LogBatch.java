package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.sync.Change.ChainChange;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes within one transaction, each on top of those before it. One thread at a time. */
final class LogBatch {
  private final LogUpdate update;
  private final LogPicture before;
  private final Map<ChainId, HeldChain> changed = new HashMap<>();
  private Optional<Session> session;

  LogBatch(LogUpdate update, LogPicture before) {
    this.update = update;
    this.before = before;
    this.session = before.session();
  }

  /**
   * Makes a change.
   *
   * @return false if it was decided on something else than what is so now, and nothing was changed
   */
  boolean take(Change change) throws SQLException {
    Session now = session.orElseThrow();
    boolean current =
        change.writer().equals(now.self().origin())
            && change.chains().stream().allMatch(one -> isCurrent(one.before()));
    if (current) {
      Self next = change.successor().orElse(now.self());
      long lamport = Math.max(now.self().lamport(), change.lamport());
      take(new Session(next, now.boot()).withLamport(lamport), change.chains());
      if (!change.quarantined().isEmpty()) {
        update.quarantine(change.quarantined());
      }
    }
    return current;
  }

  private boolean isCurrent(ChainState decidedOn) {
    ChainId chain = decidedOn.chain();
    return held(chain)
        .map(HeldChain::state)
        .orElseGet(() -> ChainState.empty(chain))
        .equals(decidedOn);
  }

  private Optional<HeldChain> held(ChainId chain) {
    HeldChain mine = changed.get(chain);
    return Optional.ofNullable(mine == null ? before.chains().get(chain) : mine);
  }

  void take(Session then, List<ChainChange> changes) throws SQLException {
    for (ChainChange change : changes) {
      ChainId chain = change.after().chain();
      changed.put(chain, update.apply(change, held(chain)));
    }
    session = Optional.of(then);
  }

  /** The last of the transaction. */
  void finish() throws SQLException {
    if (!session.equals(before.session())) {
      update.save(session.orElseThrow());
    }
  }

  /** Shows what was committed to those who read. */
  LogPicture published() {
    before.put(changed);
    return before.in(session);
  }
}
