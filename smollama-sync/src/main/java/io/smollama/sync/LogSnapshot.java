package io.smollama.sync;

import io.smollama.core.ChainId;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A log as it was at one moment, while a transaction of the caller lasts. One thread at a time. */
final class LogSnapshot implements LogStore {
  private final LogTables tables;
  private final TreeMap<ChainId, Optional<HeldChain>> known = new TreeMap<>();

  LogSnapshot(LogTables tables) {
    this.tables = tables;
  }

  @Override
  public Self self() {
    return reading(() -> tables.session().orElseThrow().self());
  }

  @Override
  public SortedMap<ChainId, ChainState> chains(ChainRange range, int limit) {
    TreeMap<ChainId, ChainState> states = new TreeMap<>();
    reading(tables::chains).forEach((chain, held) -> states.put(chain, held.state()));
    return range.first(states, limit);
  }

  @Override
  public ChainState chain(ChainId chain) {
    return held(chain).map(HeldChain::state).orElseGet(() -> ChainState.empty(chain));
  }

  private Optional<HeldChain> held(ChainId chain) {
    return known.computeIfAbsent(chain, asked -> reading(() -> tables.chain(asked)));
  }

  @Override
  public List<Entry> entries(ChainId chain, String label, long after, int limit) {
    return reading(() -> tables.entries(held(chain), label, after, limit));
  }

  @Override
  public boolean commit(Change change) {
    throw new UnsupportedOperationException("What has been cannot be changed");
  }

  private static <T> T reading(SqlWork<T> read) {
    try {
      return read.run();
    } catch (SQLException e) {
      throw new Unreadable(e);
    }
  }

  /** Carries what went wrong out of the code that reads. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException failure;

    Unreadable(SQLException failure) {
      super(failure);
      this.failure = failure;
    }

    SQLException failure() {
      return failure;
    }
  }
}
