package io.smollama.sync;

import io.smollama.core.JournalException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** Tokens in a SQLite file of their own. Thread-safe. */
public final class SqliteTokenStore implements TokenStore {
  private static final String[] SCHEMA = {
    """
    CREATE TABLE IF NOT EXISTS token (
      sha256 BLOB PRIMARY KEY, device TEXT NOT NULL, created INTEGER NOT NULL,
      revoked INTEGER, last_seen INTEGER) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX IF NOT EXISTS token_good ON token (device) WHERE revoked IS NULL",
  };

  private final Path file;
  private final Statements statements;
  private final LastSeen lastSeen;
  private final InstantSource clock;
  private final RandomGenerator random;

  private SqliteTokenStore(
      Path file,
      Statements statements,
      LastSeen lastSeen,
      InstantSource clock,
      RandomGenerator random) {
    this.file = file;
    this.statements = statements;
    this.lastSeen = lastSeen;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Opens or makes the file.
   *
   * @param random where tokens come from; a {@link java.security.SecureRandom} but in tests
   */
  public static SqliteTokenStore open(Path file, InstantSource clock, RandomGenerator random) {
    try {
      Statements statements = connect(file, SQLiteConfig.SynchronousMode.FULL);
      for (String step : SCHEMA) {
        statements.prepare(step).execute();
      }
      Statements seen = connect(file, SQLiteConfig.SynchronousMode.NORMAL);
      LastSeen lastSeen = new LastSeen(times -> write(seen, times), seen::close);
      return new SqliteTokenStore(file, statements, lastSeen, clock, random);
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static void write(Statements statements, Map<String, Instant> times) throws SQLException {
    String sql = "UPDATE token SET last_seen = ? WHERE sha256 = ?";
    SqlWork.writing(
        statements.connection(),
        () -> {
          PreparedStatement update = statements.prepare(sql);
          for (Map.Entry<String, Instant> one : times.entrySet()) {
            update.setLong(1, one.getValue().toEpochMilli());
            update.setBytes(2, Statements.bytes(one.getKey()));
            update.executeUpdate();
          }
          return true;
        });
  }

  private static Statements connect(Path file, SQLiteConfig.SynchronousMode durability)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(durability);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setBusyTimeout(5_000);
    config.setGetGeneratedKeys(false);
    return new Statements(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
  }

  @Override
  public synchronized String create(String device) {
    TokenForm.requireDevice(device);
    String token = TokenForm.make(random);
    String sql = "INSERT INTO token (sha256, device, created) VALUES (?, ?, ?)";
    try {
      PreparedStatement insert = statements.prepare(sql);
      insert.setBytes(1, Statements.bytes(TokenForm.hash(token)));
      insert.setString(2, device);
      insert.setLong(3, clock.millis());
      insert.executeUpdate();
      return token;
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
        throw TokenForm.taken(device, e);
      }
      throw failure(file, e);
    }
  }

  @Override
  public synchronized boolean revoke(String device) {
    String sql = "UPDATE token SET revoked = ? WHERE device = ? AND revoked IS NULL";
    try {
      PreparedStatement update = statements.prepare(sql);
      update.setLong(1, clock.millis());
      update.setString(2, device);
      return update.executeUpdate() > 0;
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  @Override
  public synchronized List<IssuedToken> tokens() {
    String sql = "SELECT * FROM token ORDER BY device, created, sha256";
    lastSeen.flush();
    try (ResultSet row = statements.prepare(sql).executeQuery()) {
      List<IssuedToken> tokens = new ArrayList<>();
      while (row.next()) {
        tokens.add(issued(row));
      }
      return tokens;
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static IssuedToken issued(ResultSet row) throws SQLException {
    return new IssuedToken(
        row.getString("device"),
        Instant.ofEpochMilli(row.getLong("created")),
        instant(row, "revoked"),
        instant(row, "last_seen"));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  @Override
  public synchronized Admission admit(String token) {
    if (!TokenForm.isPossible(token)) {
      return new Admission.Unknown();
    }
    String hash = TokenForm.hash(token);
    Optional<IssuedToken> found = find(Statements.bytes(hash));
    if (found.isEmpty()) {
      return new Admission.Unknown();
    } else if (found.get().revoked().isPresent()) {
      return new Admission.Revoked(found.get().device());
    }
    lastSeen.note(hash, found.get().lastSeen(), clock.instant());
    return new Admission.Admitted(found.get().device());
  }

  /** The index finds hashes of what was sent; what it found is compared in constant time. */
  private Optional<IssuedToken> find(byte[] hash) {
    String sql = "SELECT * FROM token WHERE sha256 = ?";
    try {
      PreparedStatement select = statements.prepare(sql);
      select.setBytes(1, hash);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && MessageDigest.isEqual(hash, row.getBytes("sha256"))
            ? Optional.of(issued(row))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private static JournalException failure(Path file, SQLException e) {
    int code = e.getErrorCode() & 0xff;
    boolean retryable =
        code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_FULL.code;
    String why = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    return new JournalException(
        file.toString(), "the tokens in it cannot be read or written (" + why + ")", retryable, e);
  }

  @Override
  public synchronized void close() {
    try (statements) {
      lastSeen.close();
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }
}
