package io.smollama.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.Tips;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of the log can be given to nodes with Smollama for Python, in the order in which it came to
 * be here, and what such nodes call it: a view of the log, kept with the frontier that it stands
 * for. One thread at a time.
 */
final class PythonIndex {
  private static final int PAGE = 1_000;

  private final PythonTables tables;
  private final SharedReplica replica;
  private Frontier applied = Frontier.EMPTY;

  PythonIndex(PythonTables tables, SharedReplica replica) {
    this.tables = tables;
    this.replica = replica;
  }

  /**
   * Reads up to where the index goes. If that is not in the log, the log was put back to an earlier
   * state: then the places of the index mean nothing any more, and it is made anew.
   */
  void load() {
    applied = tables.read(this::readApplied);
    Replica own = replica.own();
    boolean unknown =
        applied.chains().entrySet().stream()
            .anyMatch(chain -> own.map(chain.getKey()).lacks(chain.getValue()));
    if (unknown) {
      tables.write(
          () -> {
            for (String table : List.of("applied", "item", "known_key", "held", "page")) {
              tables.update("DELETE FROM " + table);
            }
            return true;
          });
      applied = Frontier.EMPTY;
    }
  }

  private Frontier readApplied() throws SQLException {
    Map<ChainId, List<Point>> heads = new HashMap<>();
    try (ResultSet row =
        tables.bound("SELECT origin, stream, seq, id FROM applied").executeQuery()) {
      while (row.next()) {
        heads
            .computeIfAbsent(PythonItems.chain(row, 1), c -> new ArrayList<>())
            .add(Statements.point(row, 3));
      }
    }
    Map<ChainId, Tips> chains = new HashMap<>();
    heads.forEach((chain, points) -> chains.put(chain, new Tips(0, points)));
    return Frontier.of(chains);
  }

  /** Takes in what the log has gained. */
  void catchUp() {
    if (tables.isShared()) {
      applied = tables.read(this::readApplied); // another server may have gone on
    }
    List<ChainId> behind = behind();
    while (!behind.isEmpty()) {
      EntriesAbove.Page page = EntriesAbove.read(replica.store(), behind, applied, PAGE);
      tables.write(
          () -> {
            for (Entry entry : page.entries()) {
              add(entry);
            }
            save(page.frontier());
            return true;
          });
      applied = page.frontier();
      behind = page.entries().isEmpty() ? List.of() : behind();
    }
  }

  private List<ChainId> behind() {
    List<ChainId> behind = new ArrayList<>();
    replica
        .frontier()
        .chains()
        .forEach(
            (chain, tips) -> {
              if (!tips.heads().equals(applied.tips(chain).heads())) {
                behind.add(chain);
              }
            });
    return behind;
  }

  private void save(Frontier next) throws SQLException {
    for (Map.Entry<ChainId, Tips> chain : new TreeMap<>(next.chains()).entrySet()) {
      if (!chain.getValue().heads().equals(applied.tips(chain.getKey()).heads())) {
        byte[] origin = Statements.bytes(chain.getKey().origin().hex());
        int stream = chain.getKey().stream();
        tables.update("DELETE FROM applied WHERE origin = ? AND stream = ?", origin, stream);
        for (Point head : chain.getValue().heads()) {
          tables.update(
              "INSERT INTO applied VALUES (?, ?, ?, ?)",
              origin,
              stream,
              head.seq(),
              Statements.bytes(head.id().hex()));
        }
      }
    }
  }

  private void add(Entry entry) throws SQLException {
    int stream = entry.header().chain().stream();
    byte[] origin = Statements.bytes(entry.header().chain().origin().hex());
    if (stream == ChainId.CONTROL && entry.header().type().equals(Genesis.TYPE)) {
      addName(origin, entry);
    } else if (stream == ChainId.KNOWLEDGE || stream == ChainId.READINGS) {
      addItem(origin, stream, entry);
    }
  }

  private void addName(byte[] origin, Entry entry) throws SQLException {
    Optional<String> node = PythonForm.payload(entry).map(json -> json.path("node").asText());
    if (node.filter(name -> !name.isBlank()).isPresent()) {
      tables.update("INSERT INTO name VALUES (?, ?) ON CONFLICT DO NOTHING", origin, node.get());
    }
  }

  private void addItem(byte[] origin, int stream, Entry entry) throws SQLException {
    Optional<ObjectNode> payload = PythonForm.payload(entry);
    String uuid = PythonForm.idOf(entry.id(), payload);
    if (PythonForm.has(entry, payload)) {
      tables.update(
          "INSERT INTO item (raw, origin, stream, seq, id, uuid)"
              + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
          stream == ChainId.READINGS ? 1 : 0,
          origin,
          stream,
          entry.header().seq(),
          Statements.bytes(entry.id().hex()),
          uuid);
    }
    Optional<String> key =
        payload
            .filter(json -> PythonForm.original(json).isEmpty())
            .map(json -> json.path("key").asText());
    if (key.filter(text -> !text.isEmpty()).isPresent()) {
      tables.update(
          "INSERT INTO known_key VALUES (?, (SELECT number FROM item WHERE uuid = ?))"
              + " ON CONFLICT DO NOTHING",
          key.get(),
          uuid);
    }
  }
}
