package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks up what a {@link PythonIndex} has noted, and which of it a device holds already. One thread
 * at a time.
 */
final class PythonItems {
  private final PythonTables tables;
  private final SharedReplica replica;

  PythonItems(PythonTables tables, SharedReplica replica) {
    this.tables = tables;
    this.replica = replica;
  }

  /**
   * Where an entry is. Immutable.
   *
   * @param number its place in the order of arrival
   */
  record Item(long number, ChainId chain, Point point) {}

  static ChainId chain(ResultSet row, int column) throws SQLException {
    return new ChainId(new ReplicaId(Statements.hex(row, column)), row.getInt(column + 1));
  }

  /** Whether what such a node calls so is in the log already, pushed or imported. */
  boolean isKnown(String uuid) throws SQLException {
    return tables
        .number(
            "SELECT 1 FROM item WHERE uuid = ? UNION ALL SELECT 1 FROM known_key WHERE key = ?",
            uuid,
            PythonTranslation.key(uuid))
        .isPresent();
  }

  /** A device holds what it calls so, wherever that came from. */
  boolean hold(String device, String uuid) throws SQLException {
    String sql =
        "INSERT INTO held SELECT ?, number FROM item WHERE (uuid = ? OR number = (SELECT number FROM"
            + " known_key WHERE key = ?)) AND origin NOT IN (SELECT origin FROM proxy WHERE device ="
            + " ?) ON CONFLICT DO NOTHING";
    return tables.update(sql, device, uuid, PythonTranslation.key(uuid), device) > 0;
  }

  /** Whether what is under an origin is a device's own. */
  boolean isOwn(String device, ReplicaId origin) throws SQLException {
    byte[] bytes = Statements.bytes(origin.hex());
    return tables
        .number("SELECT 1 FROM proxy WHERE device = ? AND origin = ?", device, bytes)
        .isPresent();
  }

  /** What is under an origin is a device's own from now on. */
  boolean own(String device, ReplicaId origin) throws SQLException {
    byte[] bytes = Statements.bytes(origin.hex());
    return tables.update("INSERT INTO proxy VALUES (?, ?) ON CONFLICT DO NOTHING", device, bytes)
        > 0;
  }

  /** The next that a device may lack: neither its own nor known to be held. */
  List<Item> items(String device, boolean raw, long after, int limit) throws SQLException {
    return read(
        tables.bound(
            "SELECT number, origin, stream, seq, id FROM item WHERE raw = ? AND number > ? AND"
                + " origin NOT IN (SELECT origin FROM proxy WHERE device = ?) AND number NOT IN"
                + " (SELECT number FROM held WHERE device = ?) ORDER BY number LIMIT ?",
            raw ? 1 : 0,
            after,
            device,
            device,
            limit));
  }

  private static List<Item> read(PreparedStatement query) throws SQLException {
    List<Item> items = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        items.add(new Item(row.getLong(1), chain(row, 2), Statements.point(row, 4)));
      }
    }
    return items;
  }

  /** The last there is. */
  long last(boolean raw) throws SQLException {
    return tables.number("SELECT max(number) FROM item WHERE raw = ?", raw ? 1 : 0).orElse(0L);
  }

  /** The entry itself; empty if it was cut off. */
  Optional<Entry> entry(Item item) {
    ChainMap map = replica.own().map(item.chain());
    return map.locate(item.point()).flatMap(branch -> map.entryAt(branch, item.point().seq()));
  }

  /** The entry of knowledge that has this id; empty if it has not come. */
  Optional<Entry> entry(EntryId id) {
    String one = "SELECT number, origin, stream, seq, id FROM item WHERE raw = 0 AND id = ?";
    byte[] bytes = Statements.bytes(id.hex());
    return tables.read(() -> read(tables.bound(one, (Object) bytes))).stream()
        .findFirst()
        .flatMap(this::entry);
  }

  /** What the node is called that writes under an origin. */
  String node(ReplicaId origin) {
    return tables.read(
        () -> {
          try (ResultSet row =
              tables
                  .bound(
                      "SELECT node FROM name WHERE origin = ?",
                      (Object) Statements.bytes(origin.hex()))
                  .executeQuery()) {
            return row.next() ? row.getString(1) : origin.hex();
          }
        });
  }
}
