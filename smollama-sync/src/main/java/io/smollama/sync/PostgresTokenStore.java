package io.smollama.sync;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * Tokens in a PostgreSQL database that several servers share: what one gives out or takes back
 * counts at once for all. Connections come from the data source, one at a time for each call; it
 * stays open. Thread-safe.
 */
public final class PostgresTokenStore implements TokenStore {
  private static final String TAKEN = "23505";

  private final PostgresDatabase database;
  private final long group;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final LastSeen lastSeen;

  private PostgresTokenStore(
      PostgresDatabase database, long group, InstantSource clock, RandomGenerator random) {
    this.database = database;
    this.group = group;
    this.clock = clock;
    this.random = random;
    this.lastSeen = new LastSeen(this::write, () -> {});
  }

  /**
   * The tokens of a group in a database, whose tables are made if they are not there.
   *
   * @param random where tokens come from; a {@link java.security.SecureRandom} but in tests
   */
  public static PostgresTokenStore open(
      DataSource source, long group, InstantSource clock, RandomGenerator random) {
    PostgresDatabase database = new PostgresDatabase(source);
    PostgresSchema.prepare(database);
    return new PostgresTokenStore(database, group, clock, random);
  }

  @Override
  public String create(String device) {
    TokenForm.requireDevice(device);
    String token = TokenForm.make(random);
    String sql =
        "INSERT INTO smollama_token (group_id, sha256, device, created) VALUES (?, ?, ?, ?)";
    SQLException[] taken = {null};
    database.writing(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, group);
            insert.setBytes(2, bytes(TokenForm.hash(token)));
            insert.setString(3, device);
            insert.setLong(4, clock.millis());
            return insert.executeUpdate() > 0;
          } catch (SQLException e) {
            if (!TAKEN.equals(e.getSQLState())) {
              throw e;
            }
            taken[0] = e;
            return false;
          }
        });
    if (taken[0] != null) {
      throw TokenForm.taken(device, taken[0]);
    }
    return token;
  }

  @Override
  public boolean revoke(String device) {
    String sql =
        "UPDATE smollama_token SET revoked = ?"
            + " WHERE group_id = ? AND device = ? AND revoked IS NULL";
    return database.writing(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, clock.millis());
            update.setLong(2, group);
            update.setString(3, device);
            return update.executeUpdate() > 0;
          }
        });
  }

  @Override
  public List<IssuedToken> tokens() {
    lastSeen.flush();
    return database.reading(
        connection -> {
          String sql =
              "SELECT * FROM smollama_token WHERE group_id = ? ORDER BY device, created, sha256";
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, group);
            List<IssuedToken> tokens = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                tokens.add(issued(row));
              }
            }
            return tokens;
          }
        });
  }

  @Override
  public Admission admit(String token) {
    if (!TokenForm.isPossible(token)) {
      return new Admission.Unknown();
    }
    String hash = TokenForm.hash(token);
    Optional<IssuedToken> found = database.reading(connection -> find(connection, bytes(hash)));
    if (found.isEmpty()) {
      return new Admission.Unknown();
    } else if (found.get().revoked().isPresent()) {
      return new Admission.Revoked(found.get().device());
    }
    lastSeen.note(hash, found.get().lastSeen(), clock.instant());
    return new Admission.Admitted(found.get().device());
  }

  /** The index finds hashes of what was sent; what it found is compared in constant time. */
  private Optional<IssuedToken> find(Connection connection, byte[] hash) throws SQLException {
    String sql = "SELECT * FROM smollama_token WHERE group_id = ? AND sha256 = ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, group);
      select.setBytes(2, hash);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && MessageDigest.isEqual(hash, row.getBytes("sha256"))
            ? Optional.of(issued(row))
            : Optional.empty();
      }
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

  /** Another server may have seen a device later; all take the rows in the same order. */
  private void write(Map<String, Instant> times) {
    String sql =
        "UPDATE smollama_token t SET last_seen = greatest(coalesce(t.last_seen, 0), n.seen) FROM"
            + " (SELECT k.sha256, s.seen FROM smollama_token k JOIN unnest(?::bytea[], ?::int8[])"
            + " AS s(sha256, seen) ON k.sha256 = s.sha256 WHERE k.group_id = ?"
            + " ORDER BY k.sha256 FOR UPDATE OF k) AS n"
            + " WHERE t.group_id = ? AND t.sha256 = n.sha256";
    List<String> hashes = List.copyOf(times.keySet());
    byte[][] keys = hashes.stream().map(PostgresTokenStore::bytes).toArray(byte[][]::new);
    Long[] seen = hashes.stream().map(hash -> times.get(hash).toEpochMilli()).toArray(Long[]::new);
    database.writing(
        connection -> {
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setArray(1, connection.createArrayOf("bytea", keys));
            update.setArray(2, connection.createArrayOf("int8", seen));
            update.setLong(3, group);
            update.setLong(4, group);
            return update.executeUpdate() > 0;
          }
        });
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  /** Notes when devices were seen last, as far as the database is there. */
  @Override
  public void close() {
    lastSeen.flush();
  }
}
