package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages read one by one have what SQLite wrote. */
class PageRowsTest {
  private static final int ROWS = 2_000;

  /** Lengths at which a row begins to need further pages, and around one and several of them. */
  private static final List<Integer> LENGTHS =
      List.of(0, 1, 100, 3_900, 4_000, 4_050, 4_061, 4_062, 4_100, 8_150, 8_200, 40_000);

  @TempDir Path folder;
  private final TreeMap<Long, List<Object>> written = new TreeMap<>();
  private final Random random = new Random(17);
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = folder.resolve("some.sqlite");
    try (Connection connection = RawSqlite.connect(file)) {
      connection.createStatement().execute("CREATE TABLE some (id INTEGER PRIMARY KEY, a, b, c)");
      connection.setAutoCommit(false);
      insert(connection, 0, ROWS);
      connection.commit();
    }
  }

  private void insert(Connection connection, int from, int to) throws Exception {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO some VALUES (?, ?, ?, ?)")) {
      for (int i = from; i < to; i++) {
        long id = i < 100 ? i - 50 : i * 1_000_003L;
        List<Object> values = Arrays.asList(null, value(), value(), value());
        insert.setLong(1, id);
        for (int column = 1; column < values.size(); column++) {
          insert.setObject(column + 1, values.get(column));
        }
        insert.executeUpdate();
        written.put(id, values);
      }
    }
  }

  private Object value() {
    return switch (random.nextInt(5)) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> random.nextDouble() + 0.1; // whole ones are stored as integers
      case 2 -> "t\u00fcr".repeat(random.nextInt(9));
      case 3 -> {
        byte[] bytes = new byte[LENGTHS.get(random.nextInt(LENGTHS.size()))];
        random.nextBytes(bytes);
        yield bytes;
      }
      default -> null;
    };
  }

  private TreeMap<Long, List<Object>> read() throws IOException {
    TreeMap<Long, List<Object>> found = new TreeMap<>();
    try (PageFile pages = PageFile.open(file)) {
      PageRows rows = new PageRows(pages);
      rows.each(
          (number, values) -> {
            if (values.size() == 4) { // the table of contents has five columns
              found.put(number, values);
            }
          });
      assertThat(rows.unreadable()).isZero();
    }
    return found;
  }

  private void assertReadAsWritten() throws IOException {
    TreeMap<Long, List<Object>> found = read();
    assertThat(found.keySet()).isEqualTo(written.keySet());
    written.forEach(
        (number, values) ->
            assertThat(Arrays.deepEquals(found.get(number).toArray(), values.toArray()))
                .as("row %d", number)
                .isTrue());
  }

  @Test
  void haveAllValuesOfAllRows() throws Exception {
    assertReadAsWritten();
  }

  @Test
  void haveWhatIsInTheWriteAheadLogOnly() throws Exception {
    try (Connection connection = RawSqlite.connect(file)) {
      try (Statement settings = connection.createStatement()) {
        settings.execute("PRAGMA journal_mode = WAL");
        settings.execute("PRAGMA wal_autocheckpoint = 0");
      }
      insert(connection, ROWS, ROWS + 200);
      assertThat(Files.size(Path.of(file + "-wal"))).isPositive();
      assertReadAsWritten();
    }
  }

  @Test
  void endWhateverTheBytesAre() throws Exception {
    byte[] sound = Files.readAllBytes(file);
    for (int round = 0; round < 60; round++) {
      byte[] damaged = Arrays.copyOf(sound, sound.length - random.nextInt(9_000));
      for (int i = 0; i < 2_000; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      List<Long> numbers = new ArrayList<>();
      try (PageFile pages = PageFile.open(file)) {
        new PageRows(pages).each((number, values) -> numbers.add(number));
      }
      assertThat(numbers).hasSizeGreaterThan(10);
    }
  }
}
