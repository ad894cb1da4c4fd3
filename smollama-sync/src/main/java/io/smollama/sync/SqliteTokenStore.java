package io.smollama.sync;

import io.smollama.core.JournalException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/** Tokens in a SQLite file of their own. Thread-safe. */
public final class SqliteTokenStore implements TokenStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteTokenStore.class);
  private static final String PREFIX = "smol_";
  private static final int TOKEN_BYTES = 32;
  private static final int LONGEST_TOKEN = 500;
  private static final Duration SEEN = Duration.ofMinutes(1);

  private static final String[] SCHEMA = {
    """
    CREATE TABLE IF NOT EXISTS token (
      sha256 BLOB PRIMARY KEY, device TEXT NOT NULL, created INTEGER NOT NULL,
      revoked INTEGER, last_seen INTEGER) WITHOUT ROWID""",
    "CREATE UNIQUE INDEX IF NOT EXISTS token_good ON token (device) WHERE revoked IS NULL",
  };

  private final Path file;
  private final Connection connection;
  private final InstantSource clock;
  private final RandomGenerator random;

  private SqliteTokenStore(
      Path file, Connection connection, InstantSource clock, RandomGenerator random) {
    this.file = file;
    this.connection = connection;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Opens or makes the file.
   *
   * @param random where tokens come from; a {@link java.security.SecureRandom} but in tests
   */
  public static SqliteTokenStore open(Path file, InstantSource clock, RandomGenerator random) {
    SQLiteConfig config = new SQLiteConfig();
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setBusyTimeout(5_000);
    config.setGetGeneratedKeys(false);
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
      SqliteTokenStore store = new SqliteTokenStore(file, connection, clock, random);
      store.execute(SCHEMA);
      return store;
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }

  private void execute(String... steps) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String step : steps) {
        statement.execute(step);
      }
    }
  }

  private static byte[] sha256(String token) {
    return HexFormat.of().parseHex(Sha256.hex(token.getBytes(StandardCharsets.UTF_8)));
  }

  static String token(RandomGenerator random) {
    byte[] secret = new byte[TOKEN_BYTES];
    random.nextBytes(secret);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  @Override
  public synchronized String create(String device) {
    if (!DEVICE.matcher(device).matches()) {
      throw new IllegalArgumentException(
          "A device's name has 1 to 64 letters, digits, '.', '_' or '-', was '%s'"
              .formatted(device));
    }
    String token = token(random);
    String sql = "INSERT INTO token (sha256, device, created) VALUES (?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, sha256(token));
      insert.setString(2, device);
      insert.setLong(3, clock.millis());
      insert.executeUpdate();
      return token;
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
        throw new IllegalArgumentException(
            "'%s' has a token already; revoke that one first".formatted(device), e);
      }
      throw failure(file, e);
    }
  }

  @Override
  public synchronized boolean revoke(String device) {
    String sql = "UPDATE token SET revoked = ? WHERE device = ? AND revoked IS NULL";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
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
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
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
    if (token.length() > LONGEST_TOKEN) {
      return new Admission.Unknown();
    }
    byte[] hash = sha256(token);
    Optional<IssuedToken> found = find(hash);
    if (found.isEmpty()) {
      return new Admission.Unknown();
    } else if (found.get().revoked().isPresent()) {
      return new Admission.Revoked(found.get().device());
    }
    see(hash, found.get());
    return new Admission.Admitted(found.get().device());
  }

  /** The index finds hashes of what was sent; what it found is compared in constant time. */
  private Optional<IssuedToken> find(byte[] hash) {
    String sql = "SELECT * FROM token WHERE sha256 = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
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

  /** A full disk keeps nobody out. */
  private void see(byte[] hash, IssuedToken token) {
    Instant now = clock.instant();
    if (token.lastSeen().map(seen -> apart(seen, now)).orElse(true)) {
      try {
        execute("PRAGMA synchronous = NORMAL"); // To forget when a device was seen does no harm.
        try {
          see(hash, now);
        } finally {
          execute("PRAGMA synchronous = FULL");
        }
      } catch (SQLException e) {
        LOG.debug("When {} was seen could not be noted", token.device(), e);
      }
    }
  }

  private void see(byte[] hash, Instant now) throws SQLException {
    String sql = "UPDATE token SET last_seen = ? WHERE sha256 = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, now.toEpochMilli());
      update.setBytes(2, hash);
      update.executeUpdate();
    }
  }

  private static boolean apart(Instant seen, Instant now) {
    return Duration.between(seen, now).abs().compareTo(SEEN) >= 0;
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
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(file, e);
    }
  }
}
