package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.sync.Change.ChainChange;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A log in a SQLite file that this process has alone. The states of the chains are kept in memory
 * as well: only entries are read from the file. One thread writes at a time, under a lock; any
 * number read beside it, each through a connection of its own. Thread-safe.
 */
final class SqliteLogStore implements LogStore, AutoCloseable {
  private final Path file;
  private final LogTables tables;
  private final LogUpdate update;
  private final LogReaders readers;
  private final Lock writing = new ReentrantLock();

  /** Replaced as a whole when it may not be what the file says. */
  private volatile Picture picture;

  private volatile boolean closed;

  private SqliteLogStore(Path file, LogTables tables, Picture picture) {
    this.file = file;
    this.tables = tables;
    this.update = new LogUpdate(tables);
    this.readers = new LogReaders(file);
    this.picture = picture;
  }

  /** What the file says of itself and its chains; chains change in place, after each commit. */
  private record Picture(
      Optional<Session> session, ConcurrentNavigableMap<ChainId, HeldChain> chains) {
    static Picture of(LogTables tables) throws SQLException {
      return tables.reading(
          () -> new Picture(tables.session(), new ConcurrentSkipListMap<>(tables.chains())));
    }
  }

  /** A store over a file that was made ready, see {@link JournalDatabase#prepare}. */
  static SqliteLogStore open(Path file) throws SQLException {
    LogTables tables = new LogTables(new Statements(JournalDatabase.openWriter(file)));
    try {
      return new SqliteLogStore(file, tables, Picture.of(tables));
    } catch (SQLException | RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  /** Who writes here and in which boot; empty before the first session. */
  Optional<Session> session() {
    requireOpen();
    return picture.session();
  }

  /** Begins a session, with the first entries of a new origin if it is one. */
  void begin(Session session, List<ChainChange> first) {
    write(session, first, List.of());
  }

  @Override
  public Self self() {
    return session().orElseThrow(() -> new IllegalStateException("Nobody writes here")).self();
  }

  @Override
  public SortedMap<ChainId, ChainState> chains() {
    requireOpen();
    TreeMap<ChainId, ChainState> states = new TreeMap<>();
    picture.chains().forEach((chain, held) -> states.put(chain, held.state()));
    return states;
  }

  @Override
  public ChainState chain(ChainId chain) {
    requireOpen();
    HeldChain held = picture.chains().get(chain);
    return held == null ? ChainState.empty(chain) : held.state();
  }

  @Override
  public List<Entry> entries(ChainId chain, String label, long after, int limit) {
    requireOpen();
    Optional<HeldChain> held = Optional.ofNullable(picture.chains().get(chain));
    return reading(tables -> tables.entries(held, label, after, limit));
  }

  /** Reads several things of one moment: the store that is given shows no later change. */
  <T> T snapshot(Function<LogStore, T> read) {
    try {
      return reading(tables -> tables.reading(() -> read.apply(new LogSnapshot(tables))));
    } catch (LogSnapshot.Unreadable e) {
      throw StorageFailure.of(file, e.failure());
    }
  }

  /** What was refused for good, the oldest first. */
  List<Quarantined> quarantine() {
    return reading(LogTables::quarantine);
  }

  @Override
  public boolean commit(Change change) {
    writing.lock();
    try {
      requireOpen();
      if (!isCurrent(change)) {
        return false;
      }
      Session session = picture.session().orElseThrow();
      Self next = change.successor().orElse(session.self());
      long lamport = Math.max(session.self().lamport(), change.lamport());
      Session then = new Session(next, session.boot()).withLamport(lamport);
      write(then, change.chains(), change.quarantined());
      return true;
    } finally {
      writing.unlock();
    }
  }

  private boolean isCurrent(Change change) {
    return change.writer().equals(self().origin())
        && change.chains().stream()
            .allMatch(one -> chain(one.before().chain()).equals(one.before()));
  }

  private void write(Session session, List<ChainChange> changes, List<Quarantined> refused) {
    writing.lock();
    try {
      requireOpen();
      Map<ChainId, HeldChain> changed = tables.writing(() -> apply(session, changes, refused));
      picture.chains().putAll(changed);
      picture = new Picture(Optional.of(session), picture.chains());
    } catch (SQLException e) {
      throw failed(e);
    } finally {
      writing.unlock();
    }
  }

  private Map<ChainId, HeldChain> apply(
      Session session, List<ChainChange> changes, List<Quarantined> refused) throws SQLException {
    Map<ChainId, HeldChain> changed = new HashMap<>();
    for (ChainChange change : changes) {
      ChainId chain = change.after().chain();
      Optional<HeldChain> held = Optional.ofNullable(picture.chains().get(chain));
      changed.put(chain, update.apply(change, held));
    }
    if (!refused.isEmpty()) {
      update.quarantine(refused);
    }
    if (!picture.session().equals(Optional.of(session))) {
      update.save(session);
    }
    return changed;
  }

  /** Whether it was committed is not known when a commit fails: the file is asked. */
  private JournalException failed(SQLException failure) {
    try {
      picture = Picture.of(tables);
    } catch (SQLException e) {
      failure.addSuppressed(e); // What cannot be read now fails again when it is used.
    }
    return StorageFailure.of(file, failure);
  }

  private <T> T reading(LogReaders.Read<T> read) {
    requireOpen();
    try {
      return readers.read(read);
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new JournalException(file.toString(), "this journal is closed", false);
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        tables.close();
        readers.close();
      }
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    } finally {
      writing.unlock();
    }
  }
}
