package io.smollama.memory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Carries what can still be read of a damaged memory file into a new one: from the front of each
 * table to the first damage, and from its end back to the last; what lies between, or all of it
 * where SQLite cannot open the file, page by page. The damaged file is only read. One thread at a
 * time.
 */
public final class Salvage {
  private final Connection damaged;
  private final Connection fresh;
  private final Map<String, Long> rows = new TreeMap<>();
  private final List<String> losses = new ArrayList<>();

  private Salvage(Connection damaged, Connection fresh) {
    this.damaged = damaged;
    this.fresh = fresh;
  }

  /**
   * Salvages a file.
   *
   * @param file the damaged file, only read
   * @param target the new file; must not be there yet
   */
  public static SalvageReport run(Path file, Path target) {
    if (Files.exists(target)) {
      throw new MemoryException(
          target.toString(), "is there already; name a file that is not", false, null);
    }
    SqliteFile.requireFile(file);
    SalvageReport report;
    try {
      report = salvage(file, target);
    } catch (SQLException e) {
      report = byPages(file, target, e.getMessage());
    }
    if (isNothing(report) && !report.losses().isEmpty()) {
      report = byPages(file, target, report.losses().get(0));
    }
    if (isNothing(report) && !report.losses().isEmpty()) {
      SqliteFile.delete(target);
      throw new MemoryException(
          file.toString(),
          "nothing of it can be read (%s); no file was made".formatted(report.losses().get(0)),
          false,
          null);
    }
    return report;
  }

  private static boolean isNothing(SalvageReport report) {
    return report.rows().values().stream().mapToLong(Long::longValue).sum() == 0;
  }

  private static SalvageReport salvage(Path file, Path target) throws SQLException {
    try (Database made = Database.open(target);
        Connection damaged = SqliteFile.readOnly(file)) {
      return made.write(
          fresh -> {
            Salvage salvage = new Salvage(damaged, fresh);
            for (Map.Entry<String, String> table : Schema.LASTING.entrySet()) {
              salvage.table(table.getKey(), table.getValue());
            }
            if (!salvage.losses.isEmpty()) {
              salvage.addFromPages(file);
            }
            Schema.readClocksAnew(fresh);
            KnowledgeFold.rebuild(fresh);
            salvage.leaveOutUnreadable();
            salvage.losses.addAll(StoreCheck.faults(fresh));
            return new SalvageReport(salvage.rows, salvage.losses, SqliteFile.structure(file));
          });
    }
  }

  /** What lies between two damaged pages. */
  private void addFromPages(Path file) throws SQLException {
    String why = String.join("; ", losses);
    SalvageReport found = PageSalvage.add(file, fresh, why);
    found.rows().forEach((table, count) -> rows.merge(table, count, Long::sum));
    losses.clear();
    losses.addAll(found.losses());
  }

  /** Where SQLite finds no way in. */
  private static SalvageReport byPages(Path file, Path target, String why) {
    SqliteFile.delete(target);
    try (Database made = Database.open(target)) {
      return made.write(
          fresh -> {
            SalvageReport report = PageSalvage.run(file, fresh, why);
            Schema.readClocksAnew(fresh);
            KnowledgeFold.rebuild(fresh);
            return report;
          });
    } catch (MemoryException e) {
      SqliteFile.delete(target);
      throw e;
    }
  }

  private void table(String table, String order) throws SQLException {
    long before = count(table);
    String ascending = "SELECT * FROM %s ORDER BY %s".formatted(table, order);
    if (!copy(table, ascending)) {
      String descending = order.replace(",", " DESC,") + " DESC";
      copy(table, "SELECT * FROM %s ORDER BY %s".formatted(table, descending));
    }
    rows.put(table, count(table) - before);
  }

  /** A row that cannot be read would stop whoever comes upon it in the new file again. */
  private void leaveOutUnreadable() throws SQLException {
    for (StoreCheck.Unreadable row : StoreCheck.unreadable(fresh)) {
      losses.add(row.fault());
      try (PreparedStatement delete =
          fresh.prepareStatement("DELETE FROM %s WHERE id = ?".formatted(row.table()))) {
        delete.setLong(1, row.id());
        delete.executeUpdate();
      }
      rows.merge(row.table(), -1L, Long::sum);
    }
  }

  /** Whether all rows could be read. */
  private boolean copy(String table, String select) throws SQLException {
    PreparedStatement insert = null;
    try (PreparedStatement query = damaged.prepareStatement(select);
        ResultSet found = query.executeQuery()) {
      ResultSetMetaData columns = found.getMetaData();
      insert = fresh.prepareStatement(insertInto(table, columns));
      while (found.next()) {
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          insert.setObject(i, found.getObject(i));
        }
        insert.executeUpdate();
      }
      return true;
    } catch (SQLException e) {
      String loss = "%s: %s".formatted(table, e.getMessage());
      if (!losses.contains(loss)) { // from the other end it is often the same
        losses.add(loss);
      }
      return false;
    } finally {
      if (insert != null) {
        insert.close();
      }
    }
  }

  private static String insertInto(String table, ResultSetMetaData columns) throws SQLException {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      names.add(columns.getColumnName(i));
    }
    return "INSERT OR IGNORE INTO %s (%s) VALUES (%s)"
        .formatted(
            table,
            String.join(", ", names),
            String.join(", ", Collections.nCopies(names.size(), "?")));
  }

  private long count(String table) throws SQLException {
    try (PreparedStatement query = fresh.prepareStatement("SELECT count(*) FROM " + table);
        ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
