package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.sync.Change.ChainChange;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A log in a SQLite file that this process has alone. The states of the chains are kept in memory
 * as well: only entries are read from the file. One thread writes at a time, under a lock, what all
 * have decided that wait meanwhile, in one commit; any number read beside it, each through a
 * connection of its own. Thread-safe.
 */
final class SqliteLogStore implements LogStore, AutoCloseable {
  private final Path file;
  private final LogTables tables;
  private final LogUpdate update;
  private final LogReaders readers;
  private final Lock writing = new ReentrantLock();
  private final GroupCommit<Change, BooleanSupplier> commits = new GroupCommit<>(this::commitAll);

  /** Replaced as a whole when it may not be what the file says. */
  private volatile LogPicture picture;

  private volatile boolean closed;

  private SqliteLogStore(Path file, LogTables tables, LogPicture picture) {
    this.file = file;
    this.tables = tables;
    this.update = new LogUpdate(tables);
    this.readers = new LogReaders(file);
    this.picture = picture;
  }

  /** A store over a file that was made ready, see {@link JournalDatabase#prepare}. */
  static SqliteLogStore open(Path file) throws SQLException {
    LogTables tables = new LogTables(new Statements(JournalDatabase.openWriter(file)));
    try {
      return new SqliteLogStore(file, tables, LogPicture.of(tables));
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

  @Override
  public Self self() {
    return session().orElseThrow(() -> new IllegalStateException("Nobody writes here")).self();
  }

  @Override
  public SortedMap<ChainId, ChainState> chains(ChainRange range, int limit) {
    requireOpen();
    return range.first(picture.states(), limit);
  }

  @Override
  public SortedMap<ChainId, ChainState> chains() {
    requireOpen();
    return Collections.unmodifiableSortedMap(picture.states());
  }

  @Override
  public ChainState chain(ChainId chain) {
    requireOpen();
    ChainState state = picture.states().get(chain);
    return state == null ? ChainState.empty(chain) : state;
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
    return commits.submit(change).getAsBoolean();
  }

  /** One commit for all; if it fails, each alone, so that none fails for the sake of another. */
  List<BooleanSupplier> commitAll(List<Change> changes) {
    try {
      List<Boolean> made = make(changes);
      return made.stream().map(done -> (BooleanSupplier) () -> done).toList();
    } catch (JournalException e) {
      BooleanSupplier failed =
          () -> {
            throw e;
          };
      return changes.size() == 1
          ? List.of(failed)
          : changes.stream().flatMap(change -> commitAll(List.of(change)).stream()).toList();
    }
  }

  private List<Boolean> make(List<Change> changes) {
    return write(
        changes,
        batch -> {
          List<Boolean> each = new ArrayList<>();
          for (Change change : changes) {
            each.add(batch.take(change));
          }
          return each;
        });
  }

  /** Begins a session, with the first entries of a new origin if it is one. */
  void begin(Session session, List<ChainChange> first) {
    write(
        List.of(Change.of(session.self(), session.self().lamport(), first)),
        batch -> {
          batch.take(session, first);
          return true;
        });
  }

  private interface Work<T> {
    T in(LogBatch batch) throws SQLException;
  }

  /**
   * Does some work in one transaction.
   *
   * @param attempted what may have been done although it failed
   */
  private <T> T write(List<Change> attempted, Work<T> work) {
    writing.lock();
    try {
      requireOpen();
      LogBatch batch = new LogBatch(update, picture);
      T result =
          tables.writing(
              () -> {
                T done = work.in(batch);
                batch.finish();
                return done;
              });
      picture = batch.published();
      return result;
    } catch (SQLException e) {
      throw failed(e, attempted);
    } finally {
      writing.unlock();
    }
  }

  /** Whether it was committed is not known when a commit fails: the file is asked. */
  private JournalException failed(SQLException failure, List<Change> attempted) {
    try {
      for (Change change : attempted) {
        for (ChainChange one : change.chains()) {
          picture.correct(one.after().chain(), tables);
        }
      }
      picture = picture.in(tables.session());
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
        try (readers;
            tables) {
          // Both are let go of, whatever becomes of either.
        }
      }
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    } finally {
      writing.unlock();
    }
  }
}
