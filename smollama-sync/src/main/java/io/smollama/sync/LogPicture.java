package io.smollama.sync;

import io.smollama.core.ChainId;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a journal file says of itself and its chains. The chains change in place, after each commit;
 * one thread changes them at a time, any number read.
 */
record LogPicture(
    Optional<Session> session,
    Map<ChainId, HeldChain> chains,
    ConcurrentNavigableMap<ChainId, ChainState> states) {

  static LogPicture of(LogTables tables) throws SQLException {
    LogPicture empty =
        new LogPicture(Optional.empty(), new ConcurrentHashMap<>(), new ConcurrentSkipListMap<>());
    return tables.reading(
        () -> {
          empty.put(tables.chains());
          return empty.in(tables.session());
        });
  }

  /** The same chains in another session. */
  LogPicture in(Optional<Session> another) {
    return new LogPicture(another, chains, states);
  }

  void put(Map<ChainId, HeldChain> changed) {
    chains.putAll(changed);
    changed.forEach((chain, held) -> states.put(chain, held.state()));
  }

  /** A chain is as the tables say. */
  void correct(ChainId chain, LogTables tables) throws SQLException {
    Optional<HeldChain> held = tables.chain(chain);
    if (held.isPresent()) {
      put(Map.of(chain, held.get()));
    } else {
      states.remove(chain);
      chains.remove(chain);
    }
  }
}
