package io.smollama.memory;

import io.smollama.core.Counted;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Carries over what is in the pages of a file that SQLite cannot open, or cannot read to the end:
 * its table of contents is lost, pages in its middle, or its end. Rows are known by their columns,
 * readings and windows by their checksums. Older forms of rows come along, which changes nothing:
 * entries never change, and readings are merged. One thread at a time.
 */
final class PageSalvage {
  private static final int EVENT_COLUMNS = 12;
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private final PageRows rows;
  private final Connection fresh;
  private final Map<String, Long> carried = new TreeMap<>();
  private final Map<Integer, SourceTable.Row> sources = new HashMap<>();
  private final BitSet chunks = new BitSet();
  private @Nullable SQLException failure;

  private PageSalvage(PageRows rows, Connection fresh) {
    this.rows = rows;
    this.fresh = fresh;
  }

  /**
   * Carries over what is found.
   *
   * @param fresh a new file, in a transaction of the caller
   * @param why SQLite cannot open the file
   */
  static SalvageReport run(Path file, Connection fresh, String why) throws SQLException {
    return looked(file, fresh, why, new BitSet());
  }

  /**
   * Carries over what is found beside what was read through the table of contents.
   *
   * @param fresh the new file, with that in it
   */
  static SalvageReport add(Path file, Connection fresh, String why) throws SQLException {
    BitSet chunks = new BitSet();
    try (PreparedStatement query = fresh.prepareStatement("SELECT id FROM chunk");
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        chunks.set(row.getInt(1));
      }
    }
    return looked(file, fresh, why, chunks);
  }

  private static SalvageReport looked(Path file, Connection fresh, String why, BitSet chunks)
      throws SQLException {
    try (PageFile pages = PageFile.open(file)) {
      PageRows rows = new PageRows(pages);
      PageSalvage salvage = new PageSalvage(rows, fresh);
      salvage.chunks.or(chunks);
      salvage.each(salvage::single);
      SourceTable known = new SourceTable();
      known.load(fresh);
      known.all().forEach(source -> salvage.sources.put(source.id(), source));
      salvage.each(salvage::readings);
      String loss =
          "%s: the %,d pages of the file were looked through one by one, %s cannot be read"
              .formatted(why, pages.pages(), Counted.of(rows.unreadable(), "row"));
      return new SalvageReport(salvage.carried, List.of(loss), List.of(why));
    } catch (IOException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  /** What is done with a row. */
  private interface Row {
    void take(long number, List<@Nullable Object> values) throws SQLException;
  }

  private void each(Row row) throws IOException, SQLException {
    rows.each(
        (number, values) -> {
          try {
            if (failure == null) {
              row.take(number, values);
            }
          } catch (SQLException e) {
            failure = e;
          }
        });
    if (failure != null) {
      throw failure;
    }
  }

  /** Rows that stand for themselves. */
  private void single(long number, List<@Nullable Object> values) throws SQLException {
    if (is(values, "NTTTT")) {
      put("source", number, values);
    } else if (is(values, "NT") && isHash(values.get(1))) {
      put("item_number", number, values);
    } else if (isEvent(values)) {
      List<@Nullable Object> row = new ArrayList<>(values);
      row.addAll(Collections.nCopies(EVENT_COLUMNS - values.size(), null));
      put("event", number, row);
    } else if (is(values, "NIIIB") && isRollup(values.get(4))) {
      put("rollup", number, values);
    }
  }

  /** Readings, merged with those that were carried over before. */
  private void readings(long number, List<@Nullable Object> values) throws SQLException {
    try {
      if (values.size() == 12
          && values.get(1) instanceof Long source
          && values.get(10) instanceof String unit
          && values.get(11) instanceof byte[] readings
          && (number > Integer.MAX_VALUE || !chunks.get((int) number))) {
        SourceTable.Row row = source(source.intValue());
        seal(row, ChunkCodec.decode(readings, unit).readings(row));
        carried.merge("chunk", 1L, Long::sum);
      } else if (is(values, "NB") && values.get(1) instanceof byte[] staged) {
        List<Reading> some = StagedTable.decode(staged, sources);
        Map<SourceId, List<Reading>> bySource = new TreeMap<>();
        some.forEach(
            one -> bySource.computeIfAbsent(one.source(), s -> new ArrayList<>()).add(one));
        for (SourceTable.Row row : List.copyOf(sources.values())) {
          seal(row, ReadingOrder.sorted(bySource.getOrDefault(row.source(), List.of())));
        }
        carried.merge("staged", some.isEmpty() ? 0L : 1L, Long::sum);
      }
    } catch (DamagedBlobException e) {
      // other tables have rows of such columns, and a damaged one is lost
    }
  }

  private void seal(SourceTable.Row source, List<Reading> readings) throws SQLException {
    if (!readings.isEmpty()) {
      ChunkSealer.seal(fresh, source, readings, damaged -> {});
    }
  }

  /** A source whose own row is lost gets a name by which its readings can be told from others. */
  private SourceTable.Row source(int number) throws SQLException {
    SourceTable.Row known = sources.get(number);
    if (known != null) {
      return known;
    }
    SourceTable.Row made =
        new SourceTable.Row(number, new SourceId("lost", "source-" + number), "", Map.of());
    put("source", number, List.of("", made.source().type(), made.source().id(), "", "{}"));
    sources.put(number, made);
    return made;
  }

  /** Whether the columns have such types: N for null, I integer, T text, B bytes. */
  private static boolean is(List<@Nullable Object> values, String types) {
    if (values.size() != types.length()) {
      return false;
    }
    for (int i = 0; i < types.length(); i++) {
      Object value = values.get(i);
      char type =
          value == null
              ? 'N'
              : value instanceof Long
                  ? 'I'
                  : value instanceof String ? 'T' : value instanceof byte[] ? 'B' : 'R';
      if (type != types.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Of a row from before there was a column, the columns at its end are missing. */
  private static boolean isEvent(List<@Nullable Object> values) {
    int columns = Math.min(EVENT_COLUMNS - 3, values.size());
    List<@Nullable Object> first = values.subList(0, columns);
    List<@Nullable Object> clocks = values.subList(columns, values.size());
    return (is(first, "NTIITIITT") || is(first, "NTIITINTT"))
        && isHash(first.get(4))
        && (clocks.isEmpty() || is(clocks, "III") || is(clocks, "NNN"));
  }

  private static boolean isHash(@Nullable Object value) {
    return value instanceof String text && HASH.matcher(text).matches();
  }

  private static boolean isRollup(@Nullable Object value) {
    try {
      return value instanceof byte[] windows && !Rollup.decode(windows).isEmpty();
    } catch (DamagedBlobException e) {
      return false;
    }
  }

  /** The first column is the number of the row. */
  private void put(String table, long number, List<@Nullable Object> values) throws SQLException {
    String places = String.join(", ", Collections.nCopies(values.size(), "?"));
    try (PreparedStatement insert =
        fresh.prepareStatement("INSERT OR IGNORE INTO %s VALUES (%s)".formatted(table, places))) {
      insert.setLong(1, number);
      for (int i = 1; i < values.size(); i++) {
        insert.setObject(i + 1, values.get(i));
      }
      carried.merge(table, (long) insert.executeUpdate(), Long::sum);
    }
  }
}
