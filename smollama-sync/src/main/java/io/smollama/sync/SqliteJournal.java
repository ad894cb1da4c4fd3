package io.smollama.sync;

import io.smollama.core.Frontier;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import io.smollama.core.JournalException;
import io.smollama.core.JournalPage;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The replicated log of one node, in a SQLite file with {@code replica.json} beside it.
 *
 * <p>An entry is on durable storage when {@link #appendAll} returns; threads that append at the
 * same time share a commit. The journal of a new replica begins with a {@code ctl.genesis} entry on
 * the control stream. A database that is not the one that this replica closed or crashed with is
 * written to under a new replica id, see {@link #replica}; nothing of it is lost. After a crash,
 * opening checks the structure of the whole file.
 *
 * <p>A text that ends in half of a surrogate pair is stored with {@code ?} in its place, since it
 * has no UTF-8 form. A folder holds one journal, and one process has it open. Every failure is a
 * {@link JournalException} that names the file and what to do. Thread-safe.
 */
public final class SqliteJournal implements Journal {
  private final Path file;
  private final FolderLock folderLock;
  private final JournalWriter writer;
  private final JournalReader reader;
  private final Lock writing = new ReentrantLock();
  private final GroupCommit<List<Draft>, List<Entry>> appends = new GroupCommit<>(this::write);
  private volatile boolean closed;

  private SqliteJournal(
      Path file, FolderLock folderLock, JournalWriter writer, JournalReader reader) {
    this.file = file;
    this.folderLock = folderLock;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * Opens the journal in a file, or makes it, with its folder, if there is none.
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
    JournalTables tables = new JournalTables(JournalDatabase.openWriter(file));
    try {
      JournalWriter writer = JournalWriter.open(tables, replicaFile, known, setup);
      JournalTables readTables = new JournalTables(JournalDatabase.openReader(file));
      return new SqliteJournal(file, folderLock, writer, new JournalReader(readTables));
    } catch (SQLException | RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  @Override
  public List<JournalEntry> appendAll(int stream, List<NewEntry> entries) {
    List<Draft> drafts =
        entries.stream().map(entry -> Draft.of(stream, entry.type(), entry.payload())).toList();
    return drafts.isEmpty()
        ? List.of()
        : appends.submit(drafts).stream().map(Entry::toJournalEntry).toList();
  }

  /** One commit for what several threads append; each gets its own entries back. */
  private List<List<Entry>> write(List<List<Draft>> batches) {
    List<Entry> written;
    writing.lock();
    try {
      List<Draft> all = batches.stream().flatMap(List::stream).toList();
      written = using(() -> writer.write(all));
    } finally {
      writing.unlock();
    }
    List<List<Entry>> each = new ArrayList<>();
    int from = 0;
    for (List<Draft> batch : batches) {
      each.add(written.subList(from, from + batch.size()));
      from += batch.size();
    }
    return each;
  }

  @Override
  public Frontier frontier() {
    return using(reader::frontier);
  }

  @Override
  public JournalPage above(Frontier known, int limit) {
    List<JournalEntry> entries =
        entriesAbove(known, limit).stream().map(Entry::toJournalEntry).toList();
    Frontier grown = known;
    for (JournalEntry entry : entries) {
      grown = grown.with(entry);
    }
    return new JournalPage(entries, grown);
  }

  /** As {@link #above}, with all that the log holds of an entry. */
  List<Entry> entriesAbove(Frontier known, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("A limit is at least 1, was " + limit);
    }
    return using(() -> reader.above(known, limit));
  }

  /**
   * Lets what is appended from now on come after an entry that was seen elsewhere, such as one that
   * a view still has of a journal that was lost. A timestamp that is beyond all reason is not
   * followed.
   *
   * @param lamport the Lamport timestamp of that entry
   */
  public void follow(long lamport) {
    writing.lock();
    try {
      using(() -> writer.follow(lamport));
    } finally {
      writing.unlock();
    }
  }

  /**
   * The current incarnation of this replica, the origin of what it appends. It is a new one when
   * continuity is in doubt at open: {@code replica.json} is missing or names another replica, the
   * database is missing or an older copy, or the machine is another.
   */
  public ReplicaId replica() {
    return writer.replica();
  }

  /**
   * Hashes every entry anew and checks that chains have no gap, that Lamport timestamps rise and
   * that the frontier says what is stored. Takes a while on a long journal; appends go on
   * meanwhile.
   */
  public VerifyReport verify() {
    return using(() -> check(file));
  }

  /** As {@link #verify()}, for a journal that this or another process may have open. */
  public static VerifyReport verify(Path file) {
    try {
      return check(file);
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  private static VerifyReport check(Path file) throws SQLException {
    try (JournalTables tables = new JournalTables(JournalDatabase.openReader(file))) {
      return new JournalVerifier(tables).verify();
    }
  }

  private <T> T using(SqlWork<T> work) {
    if (closed) {
      throw new JournalException(file.toString(), "this journal is closed", false);
    }
    try {
      return work.run();
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        release();
      }
    } finally {
      writing.unlock();
    }
  }

  private void release() {
    try (folderLock;
        writer) {
      reader.close();
    } catch (SQLException e) {
      throw StorageFailure.of(file, e);
    }
  }
}
