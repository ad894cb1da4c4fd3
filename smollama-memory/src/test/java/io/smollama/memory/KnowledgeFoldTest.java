package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Views are a function of the set of entries. Each run is made again from the seed it prints. */
class KnowledgeFoldTest {
  private static final int ENTRIES = 120;

  @TempDir Path folder;

  static LongStream seeds() {
    return LongStream.range(1, 16);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyOrderAndAnyRepetitionGiveTheSameRows(long seed) {
    RandomEntries random = new RandomEntries(seed);
    List<JournalEntry> entries = random.make(ENTRIES);
    List<String> inOrder = rowsAfter("a", entries, 1);
    assertThat(rowsAfter("b", random.shuffled(entries), random.pageSize()))
        .as("seed %d", seed)
        .containsExactlyElementsOf(inOrder);
    assertThat(rowsAfter("c", random.shuffled(entries), ENTRIES * 2))
        .as("seed %d", seed)
        .containsExactlyElementsOf(inOrder);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rowsAreWhatTheRulesSay(long seed) {
    List<JournalEntry> entries = new RandomEntries(seed).make(ENTRIES);
    try (Database database = Database.open(folder.resolve("views.sqlite"))) {
      apply(database, entries, 10);
      assertThat(summaries(database))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderEntriesOf(new NaiveViews(entries).rows());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rowsMadeAnewFromTheEventsAreTheSame(long seed) {
    RandomEntries random = new RandomEntries(seed);
    List<JournalEntry> entries = random.make(ENTRIES);
    try (Database database = Database.open(folder.resolve("views.sqlite"))) {
      apply(database, random.shuffled(entries), random.pageSize());
      List<String> before = database.read(c -> rows(c.createStatement()));
      database.write(
          connection -> {
            try (Statement statement = connection.createStatement()) {
              for (String table : List.of("item", "item_source", "merged", "event_target")) {
                statement.executeUpdate("DELETE FROM " + table);
              }
            }
            KnowledgeFold.rebuild(connection);
            return 0;
          });
      assertThat(database.<List<String>>read(c -> rows(c.createStatement())))
          .as("seed %d", seed)
          .containsExactlyElementsOf(before);
    }
  }

  private List<String> rowsAfter(String name, List<JournalEntry> entries, int page) {
    try (Database database = Database.open(folder.resolve(name + ".sqlite"))) {
      apply(database, entries, page);
      return database.read(connection -> rows(connection.createStatement()));
    }
  }

  private static void apply(Database database, List<JournalEntry> entries, int page) {
    for (int from = 0; from < entries.size(); from += page) {
      List<JournalEntry> some = entries.subList(from, Math.min(from + page, entries.size()));
      database.write(connection -> KnowledgeFold.apply(connection, some));
    }
  }

  /** Everything but the numbers of the items, which are given in the order of arrival. */
  private static List<String> rows(Statement statement) throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String query :
        List.of(
            "SELECT item.*, item_text.text FROM item JOIN item_text ON item_text.rowid = item.id"
                + " ORDER BY entry",
            "SELECT 0, source, entry FROM item_source JOIN item ON item.id = item"
                + " ORDER BY source, entry",
            "SELECT 0, entry, canonical FROM merged ORDER BY entry",
            "SELECT 0, count(*) FROM item_text",
            "SELECT 0, target, event.id FROM event_target JOIN event ON number = event"
                + " ORDER BY target, event.id")) {
      try (ResultSet found = statement.executeQuery(query)) {
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
          StringBuilder row = new StringBuilder();
          for (int column = 2; column <= columns; column++) {
            row.append(found.getString(column)).append('|');
          }
          rows.add(row.toString());
        }
      }
    }
    return rows;
  }

  private static Map<EntryId, String> summaries(Database database) {
    return database.read(
        connection -> {
          Map<EntryId, String> found = new TreeMap<>();
          try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM item")) {
            while (rows.next()) {
              ItemState item = ItemTable.read(rows);
              boolean shown = item.hiddenFrom().isEmpty();
              found.put(
                  item.entry(),
                  item.kind() == KnowledgeKind.OBSERVATION
                      ? "%s|%d|%s|%s".formatted(item.text(), item.confidence(), shown, item.when())
                      : "%s|%d|%s|%d|%s|%s|%s"
                          .formatted(
                              item.text(),
                              item.confidence(),
                              shown,
                              item.confirmed(),
                              item.validTo().map(Object::toString).orElse("never"),
                              item.tags(),
                              item.when()));
            }
          }
          return found;
        });
  }
}
