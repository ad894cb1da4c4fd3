package io.smollama.sync;

import io.smollama.core.ChainId;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a journal file says of itself and its chains. The chains change in place, after each commit;
 * one thread changes them at a time, any number read.
 */
record LogPicture(Optional<Session> session, ConcurrentNavigableMap<ChainId, HeldChain> chains) {
  static LogPicture of(LogTables tables) throws SQLException {
    return tables.reading(
        () -> new LogPicture(tables.session(), new ConcurrentSkipListMap<>(tables.chains())));
  }

  /** The same chains in another session. */
  LogPicture of(Optional<Session> another) {
    return new LogPicture(another, chains);
  }

  /** A chain is as the tables say. */
  void correct(ChainId chain, LogTables tables) throws SQLException {
    Optional<HeldChain> held = tables.chain(chain);
    if (held.isPresent()) {
      chains.put(chain, held.get());
    } else {
      chains.remove(chain);
    }
  }
}
