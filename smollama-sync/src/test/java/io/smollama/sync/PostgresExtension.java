package io.smollama.sync;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A PostgreSQL for the tests of a class. Each test has the log of a group of its own. */
final class PostgresExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  static final Self ONE = new Self(Lines.replicaId(1), 1, 0);

  private final List<HikariDataSource> pools = new ArrayList<>();
  private PostgresCluster cluster;
  private long group = 1;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    cluster = PostgresCluster.start();
  }

  PostgresCluster cluster() {
    return cluster;
  }

  long group() {
    return group;
  }

  /** Connections like those of another process. */
  HikariDataSource connections() {
    return connections(config -> {});
  }

  HikariDataSource connections(Consumer<HikariConfig> how) {
    HikariDataSource pool = cluster.connections(how);
    pools.add(pool);
    return pool;
  }

  /** A store like that of another process, over this test's log. */
  PostgresLogStore store(Self first) {
    return PostgresLogStore.open(connections(), group, first);
  }

  PostgresLogStore store() {
    return store(ONE);
  }

  /** Does something behind the store's back. */
  void sql(String... statements) throws SQLException {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  long number(String query) throws SQLException {
    try (Connection connection = cluster.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    pools.forEach(HikariDataSource::close);
    pools.clear();
    group++;
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }
}
