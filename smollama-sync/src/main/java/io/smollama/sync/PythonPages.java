package io.smollama.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives nodes with Smollama for Python what they lack, page by page.
 *
 * <p>Such a node says only the highest Lamport timestamp that it holds. So each page gets stamps of
 * its own, far above that and above all stamps that the node was ever given: once the node names a
 * page's last stamp it holds the page, and nothing else can bring it there. Until it does, the page
 * comes again. What it names also tells that it holds nothing with a higher stamp, such as after a
 * backup was restored, and then what came with those comes again.
 *
 * <p>A node names a page's last stamp only if the last entry is new to it. Its own entries are left
 * out. Where a page is not confirmed time after time, it ends in an entry that is made for that.
 * One thread at a time.
 */
final class PythonPages {
  /**
   * How far a page's stamps lie above what the node has. Its own entries count one by one, and must
   * never get there: not in years.
   */
  static final long GAP = 1L << 30;

  /** Beyond this there is no room for pages. */
  static final long MOST_SINCE = 1L << 62;

  static final int MOST_ENTRIES = 500;

  private static final int MOST_BYTES = Limits.MESSAGE_BYTES;
  private static final int DOUBTFUL = 6;
  private static final int MOST_OPEN = 8;
  private static final int MOST_PAGES = 1_000;
  private static final long MANY = 1_000;

  private final PythonTables tables;
  private final PythonItems items;
  private final PythonForm form;
  private final ZoneId zone;

  PythonPages(PythonTables tables, PythonItems items, PythonForm form, ZoneId zone) {
    this.tables = tables;
    this.items = items;
    this.form = form;
    this.zone = zone;
  }

  /** Places in the order of knowledge and in that of readings. Immutable. */
  private record Position(long knowledge, long raw) {
    static final Position START = new Position(0, 0);
  }

  /** Entries on their way, and how far they lead. */
  private static final class Page {
    private final List<PythonEntry> entries = new ArrayList<>();
    private Position to;
    private int bytes;

    Page(Position from) {
      this.to = from;
    }
  }

  /**
   * The next page of a device.
   *
   * @param since the highest Lamport timestamp that it holds
   * @param limit the most entries that it wants
   * @param now for who reads what was made to end a page
   */
  List<ObjectNode> next(String device, long since, int limit, Optional<Instant> now) {
    return tables.write(
        () -> {
          Position from = position(device, since);
          Page page = page(device, from, Math.min(limit, MOST_ENTRIES));
          if (page.entries.isEmpty()) {
            pass(device, since, from, page.to);
            return List.of();
          }
          long first = Math.max(since, issued(device)) + GAP;
          if (isDoubtful(device, since)) {
            page.entries.add(PythonEntry.endOfPage(device, first, now, zone));
          }
          note(device, since, first, from, page);
          return stamped(page.entries, first);
        });
  }

  private static List<ObjectNode> stamped(List<PythonEntry> entries, long first) {
    List<ObjectNode> stamped = new ArrayList<>();
    for (PythonEntry entry : entries) {
      stamped.add(entry.toJson(first + stamped.size()));
    }
    return stamped;
  }

  /** Where what the device lacks begins. */
  private Position position(String device, long since) throws SQLException {
    String page = "SELECT * FROM page WHERE device = ? AND first <= ? ORDER BY first DESC LIMIT 1";
    try (ResultSet row = tables.bound(page, device, since).executeQuery()) {
      if (!row.next()) {
        return Position.START;
      }
      Position from = new Position(row.getLong("knowledge_from"), row.getLong("raw_from"));
      Position to = new Position(row.getLong("knowledge_to"), row.getLong("raw_to"));
      long first = row.getLong("first");
      if (since < row.getLong("last")) {
        return from; // only a part of it was taken
      }
      forgetLost(device, first, from);
      return to;
    }
  }

  /** What began where a page begins that has arrived, and was given before it, has not. */
  private void forgetLost(String device, long first, Position from) throws SQLException {
    tables.update(
        "DELETE FROM page WHERE device = ? AND first < ? AND knowledge_from = ? AND raw_from = ?",
        device,
        first,
        from.knowledge(),
        from.raw());
  }

  /** Knowledge first, but an eighth of a page is for readings if they wait. */
  private Page page(String device, Position from, int limit) throws SQLException {
    Page page = new Page(from);
    int forRaw = items.items(device, true, from.raw(), 1).isEmpty() ? 0 : (limit + 7) / 8;
    if (limit - forRaw > 0) {
      fill(page, device, false, limit - forRaw);
    }
    fill(page, device, true, limit);
    return page;
  }

  private void fill(Page page, String device, boolean raw, int limit) throws SQLException {
    long at = raw ? page.to.raw() : page.to.knowledge();
    long last = items.last(raw);
    while (at < last && page.entries.size() < limit && page.bytes < MOST_BYTES) {
      List<PythonItems.Item> next = items.items(device, raw, at, limit - page.entries.size());
      for (PythonItems.Item item : next) {
        Optional<PythonEntry> entry = read(item);
        int size = entry.map(PythonPages::size).orElse(0);
        if (!page.entries.isEmpty() && page.bytes + size > MOST_BYTES) {
          page.bytes = MOST_BYTES;
          break;
        }
        entry.ifPresent(page.entries::add);
        page.bytes += size;
        at = item.number();
      }
      at = next.isEmpty() ? last : at; // All behind is its own.
    }
    page.to = raw ? new Position(page.to.knowledge(), at) : new Position(at, page.to.raw());
  }

  private Optional<PythonEntry> read(PythonItems.Item item) {
    String node = items.node(item.chain().origin());
    return items.entry(item).flatMap(entry -> form.of(entry, node, items::entry));
  }

  private static int size(PythonEntry entry) {
    return entry.toJson(Long.MAX_VALUE).toString().getBytes(StandardCharsets.UTF_8).length + 1;
  }

  private long issued(String device) throws SQLException {
    return tables.number("SELECT issued FROM device WHERE name = ?", device).orElse(0L);
  }

  /** Whether the device was given this again and again: it may hold all of it already. */
  private boolean isDoubtful(String device, long since) throws SQLException {
    return tables
            .number("SELECT count(*) FROM page WHERE device = ? AND first > ?", device, since)
            .orElse(0L)
        >= DOUBTFUL;
  }

  private void note(String device, long since, long first, Position from, Page page)
      throws SQLException {
    long last = first + page.entries.size() - 1;
    tables.update(
        "INSERT INTO device VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET issued = excluded.issued",
        device,
        last);
    insert(device, first, last, from, page.to);
    tables.update(
        "DELETE FROM page WHERE device = ? AND first > ? AND first NOT IN (SELECT first FROM page"
            + " WHERE device = ? ORDER BY first DESC LIMIT ?)",
        device,
        since,
        device,
        MOST_OPEN);
    tables.update(
        "DELETE FROM page WHERE device = ? AND first NOT IN (SELECT first FROM page"
            + " WHERE device = ? ORDER BY first DESC LIMIT ?)",
        device,
        device,
        MOST_PAGES);
  }

  private void insert(String device, long first, long last, Position from, Position to)
      throws SQLException {
    tables.update(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (device, first) DO UPDATE SET"
            + " last = excluded.last, knowledge_from = excluded.knowledge_from, raw_from ="
            + " excluded.raw_from, knowledge_to = excluded.knowledge_to, raw_to = excluded.raw_to",
        device,
        first,
        last,
        from.knowledge(),
        from.raw(),
        to.knowledge(),
        to.raw());
  }

  /** Much that is not for this device is not gone through each time. */
  private void pass(String device, long since, Position from, Position to) throws SQLException {
    if (to.knowledge() - from.knowledge() + to.raw() - from.raw() < MANY) {
      return;
    }
    int changed =
        tables.update(
            "UPDATE page SET knowledge_to = ?, raw_to = ? WHERE device = ? AND last <= ? AND first ="
                + " (SELECT max(first) FROM page WHERE device = ? AND first <= ?)",
            to.knowledge(),
            to.raw(),
            device,
            since,
            device,
            since);
    if (changed == 0 && from.equals(Position.START)) {
      insert(device, 0, 0, Position.START, to);
    }
  }
}
