package io.smollama.memory;

import io.smollama.core.FileFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * What can be done with a SQLite file from outside, while a node writes to it. The file itself is
 * only read. Failures are {@link MemoryException}s that name the file. Thread-safe.
 */
public final class SqliteFile {
  private static final String PART = ".part";

  private SqliteFile() {}

  /**
   * Copies a database as it is at this moment, compacted, while others go on writing to it. The
   * copy is checked and on durable storage before it takes the place of an older copy of that name;
   * if anything fails the older copy stays as it was.
   *
   * @param target the copy; its folder is made if it is not there
   * @return how many bytes the copy has
   */
  public static long backup(Path source, Path target) {
    requireFile(source);
    Path part = target.resolveSibling(target.getFileName() + PART);
    try {
      requireNotInUse(source, target);
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.deleteIfExists(part);
      copy(source, part);
      requireSound(part);
      sync(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(target);
      return Files.size(target);
    } catch (IOException e) {
      throw new MemoryException(
          target.toString(), "the copy cannot be written: " + FileFailure.reason(e), true, e);
    } finally {
      deleteQuietly(part);
    }
  }

  /** A copy that takes the place of a file in use would damage it for whoever has it open. */
  private static void requireNotInUse(Path source, Path target) throws IOException {
    boolean same = Files.exists(target) && Files.isSameFile(source, target);
    if (same || Files.exists(target.resolveSibling(target.getFileName() + "-wal"))) {
      throw new MemoryException(
          target.toString(),
          same
              ? "is the file that is to be copied; name another folder for the backup"
              : "is a file in use, no earlier backup; name another folder for the backup",
          false,
          null);
    }
  }

  /**
   * What is wrong with a database; empty if nothing is. Reads all of it. Of a memory of today's
   * form what is stored is checked as well, by its checksums and by what it was made from; of
   * others the structure.
   */
  public static List<String> check(Path file) {
    List<String> faults = structure(file);
    if (!faults.isEmpty()) {
      return faults;
    }
    try (Connection connection = readOnly(file)) {
      return Schema.isToday(connection) ? StoreCheck.faults(connection) : List.of();
    } catch (SQLException e) {
      return List.of(e.getMessage());
    }
  }

  /** What is wrong with the structure of a database; empty if nothing is. */
  static List<String> structure(Path file) {
    requireFile(file);
    List<String> faults = new ArrayList<>();
    try (Connection connection = readOnly(file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check(100)")) {
      while (rows.next()) {
        faults.add(rows.getString(1));
      }
    } catch (SQLException e) {
      faults.add(e.getMessage());
    }
    return faults.equals(List.of("ok")) ? List.of() : faults;
  }

  static Connection readOnly(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(5_000);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  private static void copy(Path source, Path part) {
    try (Connection connection = readOnly(source);
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, part.toString());
      vacuum.executeUpdate();
    } catch (SQLException e) {
      throw new MemoryException(
          source.toString(), "cannot be copied to %s: %s".formatted(part, e.getMessage()), true, e);
    }
  }

  private static void requireSound(Path copy) {
    List<String> faults = check(copy);
    if (!faults.isEmpty()) {
      throw new MemoryException(
          copy.toString(),
          "the copy is not sound (%s); an older copy was left as it is".formatted(faults.get(0)),
          true,
          null);
    }
  }

  static void requireFile(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MemoryException(file.toString(), "there is no such file", false, null);
    }
  }

  private static void sync(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** The name of the copy lasts only once its folder does. */
  static void syncFolder(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Takes away a file that nobody has open, with what SQLite keeps beside it. */
  static void delete(Path file) {
    for (String beside : List.of("", "-wal", "-shm")) {
      deleteQuietly(file.resolveSibling(file.getFileName() + beside));
    }
  }

  private static void deleteQuietly(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // it is overwritten the next time
    }
  }
}
