package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import io.smollama.core.JournalException;
import io.smollama.core.JournalPage;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The replicated log of one node, in a SQLite file with {@code replica.json} beside it.
 *
 * <p>An entry is on durable storage when {@link #appendAll} returns; threads that append at the
 * same time share a commit. {@link #replica} exchanges the entries with other nodes. The journal of
 * a new replica begins with a {@code ctl.genesis} entry on the control stream. A database that is
 * not the one that this replica closed or crashed with is written to under a new replica id, see
 * {@link #origin}; nothing of it is lost. After a crash, opening checks the structure of the whole
 * file.
 *
 * <p>A text that ends in half of a surrogate pair is stored with {@code ?} in its place, since it
 * has no UTF-8 form. A folder holds one journal, and one process has it open. Every failure is a
 * {@link JournalException} that names the file and what to do. Thread-safe.
 */
public final class SqliteJournal implements Journal {
  private final Path file;
  private final FolderLock folderLock;
  private final SqliteLogStore store;
  private final LeasedLogStore leased;
  private final SharedReplica replica;
  private final ClockMarks clockMarks;
  private boolean closed;

  private SqliteJournal(
      Path file,
      FolderLock folderLock,
      SqliteLogStore store,
      LeasedLogStore leased,
      SharedReplica replica) {
    this.file = file;
    this.folderLock = folderLock;
    this.store = store;
    this.leased = leased;
    this.replica = replica;
    this.clockMarks = new ClockMarks(replica);
  }

  /**
   * Opens the journal in a file, or makes it, with its folder, if there is none. A file of an
   * earlier version is brought up to date.
   *
   * @throws JournalException if the file is of another program, of a newer version, damaged, open
   *     already or out of reach; it is left as it was
   */
  public static SqliteJournal open(Path databaseFile, ReplicaSetup setup) {
    Path file = databaseFile.toAbsolutePath().normalize();
    FolderLock folderLock = FolderLock.take(file.resolveSibling(""));
    try {
      return open(file, folderLock, setup);
    } catch (SQLException e) {
      folderLock.close();
      throw StorageFailure.of(file, e);
    } catch (RuntimeException e) {
      folderLock.close();
      throw e;
    }
  }

  private static SqliteJournal open(Path file, FolderLock folderLock, ReplicaSetup setup)
      throws SQLException {
    ReplicaFile replicaFile = ReplicaFile.in(file.resolveSibling(""));
    Optional<ReplicaState> known = replicaFile.read();
    JournalDatabase.prepare(file, known.filter(ReplicaState::isClosed).isPresent());
    SqliteLogStore store = SqliteLogStore.open(file);
    try {
      // The database first: a database behind its file then always means a restored backup.
      ReplicaState state = new SessionStart(store, setup).begin(known);
      replicaFile.write(state);
      LeasedLogStore leased = new LeasedLogStore(store, replicaFile, state);
      SharedReplica replica =
          new SharedReplica(
              leased, setup.nodeName(), setup::randomId, () -> setup.stamp(state.boot()));
      return new SqliteJournal(file, folderLock, store, leased, replica);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The replica that this journal is: exchanges entries with others, tells of new ones. */
  public SharedReplica replica() {
    return replica;
  }

  /** Keeps what becomes known of this node's clock. */
  public ClockMarks clockMarks() {
    return clockMarks;
  }

  /**
   * The current incarnation of this replica, the origin of what it appends. It is a new one when
   * continuity is in doubt. At open: {@code replica.json} is missing or names another replica, the
   * database is missing or an older copy, or the machine is another. Later: a peer holds entries of
   * this origin that are not held here.
   */
  @Override
  public ReplicaId origin() {
    return store.self().origin();
  }

  @Override
  public List<JournalEntry> appendAll(int stream, List<NewEntry> entries) {
    return replica.append(stream, entries).stream().map(Entry::toJournalEntry).toList();
  }

  @Override
  public Frontier frontier() {
    return replica.frontier();
  }

  @Override
  public JournalPage above(Frontier known, int limit) {
    EntriesAbove.Page page = entriesAbove(known, limit);
    return new JournalPage(
        page.entries().stream().map(Entry::toJournalEntry).toList(), page.frontier());
  }

  /** As {@link #above}, with all that the log holds of an entry. */
  EntriesAbove.Page entriesAbove(Frontier known, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A limit is at least 1, was " + limit);
    }
    List<ChainId> differ = new ArrayList<>();
    store
        .chains()
        .forEach(
            (chain, state) -> {
              if (!state.tips().heads().equals(known.tips(chain).heads())) {
                differ.add(chain);
              }
            });
    return differ.isEmpty()
        ? new EntriesAbove.Page(List.of(), known)
        : store.snapshot(moment -> EntriesAbove.read(moment, differ, known, limit));
  }

  /**
   * Lets what is appended from now on come after an entry that was seen elsewhere, such as one that
   * a view still has of a journal that was lost. A timestamp that is beyond all reason is not
   * followed.
   *
   * @param lamport the Lamport timestamp of that entry
   */
  public void follow(long lamport) {
    Self self = store.self();
    long clock = LamportClock.follow(self.lamport(), lamport);
    if (clock > self.lamport() && !leased.commit(Change.of(self, clock, List.of()))) {
      follow(lamport); // The origin changed meanwhile.
    }
  }

  /**
   * Hashes every entry anew and checks that lines have no gap, that Lamport timestamps rise along
   * them, that branches leave what they say, and that the frontier says what is stored. Takes a
   * while on a long journal; appends go on meanwhile.
   */
  public VerifyReport verify() {
    store.self(); // closed?
    return verify(file);
  }

  /** As {@link #verify()}, for a journal that this or another process may have open. */
  public static VerifyReport verify(Path file) {
    try {
      JournalDatabase.requireToday(file);
      try (LogTables tables = new LogTables(new Statements(JournalDatabase.openReader(file)))) {
        return new JournalVerifier(tables).verify();
      }
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  /**
   * Tells of each entry of a stream, line by line, as they stand at one moment; of a journal that
   * this or another process may have open.
   */
  public static void forEachPoint(Path file, int stream, BiConsumer<ChainId, Point> taker) {
    try {
      JournalDatabase.requireToday(file);
      try (LogTables tables = new LogTables(new Statements(JournalDatabase.openReader(file)))) {
        tables.reading(() -> tables.forEachPoint(stream, taker));
      }
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      try (folderLock;
          store) {
        leased.close();
      }
    }
  }
}
