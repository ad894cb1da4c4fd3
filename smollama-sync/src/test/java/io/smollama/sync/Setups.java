package io.smollama.sync;

import io.smollama.core.ClockQuality;
import io.smollama.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Journals of a machine that a test makes up. */
final class Setups {
  /** Goes on from test to test, so that every incarnation gets an id of its own. */
  private static final Random RANDOM = new Random(42);

  private Setups() {}

  static ReplicaSetup of(InstantSource clock, String fingerprint) {
    return new ReplicaSetup(
        "garden",
        Optional.of("0.1.0"),
        () -> fingerprint,
        clock,
        () -> ClockQuality.NTP,
        () -> 123_456L,
        RANDOM);
  }

  static SqliteJournal open(Path folder) {
    return open(folder, "board=one");
  }

  static SqliteJournal open(Path folder, String fingerprint) {
    return SqliteJournal.open(database(folder), of(new ManualClock(), fingerprint));
  }

  /** A store that nothing is in, over a file. */
  static SqliteLogStore store(Path folder, Self self) throws SQLException {
    JournalDatabase.prepare(database(folder), true);
    SqliteLogStore store = SqliteLogStore.open(database(folder));
    store.begin(new Session(self, 1), List.of());
    return store;
  }

  static Path database(Path folder) {
    return folder.resolve("journal.db");
  }

  /** What a disk would hold if the power went now. */
  static Path crashImage(Path folder, Path image) throws IOException {
    Files.createDirectories(image);
    for (String name : List.of("journal.db", "journal.db-wal", "replica.json")) {
      if (Files.exists(folder.resolve(name))) {
        Files.copy(folder.resolve(name), image.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return image;
  }

  static void sql(Path folder, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database(folder));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }
}
