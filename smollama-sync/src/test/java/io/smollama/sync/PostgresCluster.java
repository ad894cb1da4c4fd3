package io.smollama.sync;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A PostgreSQL of a test's own: the installed programs, a cluster in a temporary folder, a free
 * port of the loopback. PostgreSQL refuses to be root, so that a test that is root starts it as
 * another user. One thread at a time.
 */
final class PostgresCluster implements AutoCloseable {
  private static final String USER = "smollama";

  private final PostgresPrograms programs;
  private final Path folder;
  private final int port;

  private PostgresCluster(PostgresPrograms programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** A new cluster that runs; the test is skipped where PostgreSQL is not installed. */
  static PostgresCluster start() throws IOException {
    PostgresCluster cluster = prepare();
    cluster.run(
        "initdb", "-D", cluster.data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
    cluster.resume();
    return cluster;
  }

  /** A standby of a cluster that runs, which follows it under a name. */
  static PostgresCluster standbyOf(PostgresCluster primary, String name) throws IOException {
    PostgresCluster standby = prepare();
    String from =
        "host=127.0.0.1 port=%d user=%s application_name=%s".formatted(primary.port, USER, name);
    standby.run(
        "pg_basebackup", "-D", standby.data(), "-d", from, "-R", "-X", "stream", "-c", "fast");
    standby.resume();
    return standby;
  }

  private static PostgresCluster prepare() throws IOException {
    Optional<PostgresPrograms> programs = PostgresPrograms.find();
    Assumptions.assumeTrue(
        programs.isPresent(),
        "No PostgreSQL here: install Debian's package postgresql, or name the folder of its"
            + " programs in SMOLLAMA_TEST_POSTGRES_BIN");
    Path folder = Files.createTempDirectory("smollama-postgres");
    programs.get().own(folder);
    PostgresCluster cluster = new PostgresCluster(programs.get(), folder, freePort());
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::abandon));
    return cluster;
  }

  /** Leaves nothing behind when a test is broken off. */
  private void abandon() {
    try {
      close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts what was killed or stopped; returns when it answers. */
  void resume() throws IOException {
    String options =
        "-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories= -c shared_buffers=64MB"
            .formatted(port);
    Path log = folder.resolve("log");
    run("pg_ctl", "-D", data(), "-w", "-t", "60", "-l", log.toString(), "-o", options, "start");
  }

  /** Makes a primary of a standby; returns when it is one. */
  void promote() throws IOException {
    run("pg_ctl", "-D", data(), "-w", "-t", "60", "promote");
  }

  /** SIGKILL to every process of it, the first one first. */
  void kill() throws IOException {
    List<ProcessHandle> all = processes();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }

  /** A signal to every process of it that has not ended meanwhile. */
  void signal(String name) throws IOException {
    String pids = String.join(" ", processes().stream().map(p -> String.valueOf(p.pid())).toList());
    programs.run(folder, Path.of("/bin/sh"), "-c", "kill -%s %s || true".formatted(name, pids));
  }

  private List<ProcessHandle> processes() throws IOException {
    ProcessHandle postmaster = postmaster().orElseThrow();
    return Stream.concat(Stream.of(postmaster), postmaster.children()).toList();
  }

  private Optional<ProcessHandle> postmaster() throws IOException {
    Path pid = folder.resolve("data/postmaster.pid");
    return Files.exists(pid)
        ? ProcessHandle.of(Long.parseLong(Files.readAllLines(pid).get(0)))
        : Optional.empty();
  }

  /** Changes a setting for all connections, those that are open as well. */
  void set(String setting, String value) throws IOException {
    Path settings = folder.resolve("data/postgresql.auto.conf");
    Files.writeString(
        settings, Files.readString(settings) + "%s = '%s'\n".formatted(setting, value));
    run("pg_ctl", "-D", data(), "reload");
  }

  /** Asks until the answer is not zero. */
  void awaitSome(String count) throws SQLException, InterruptedException {
    long found = 0;
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      while (found == 0) {
        try (ResultSet row = statement.executeQuery(count)) {
          row.next();
          found = row.getLong(1);
        }
        if (Thread.interrupted()) {
          throw new InterruptedException("Nobody waits: " + count);
        }
      }
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port), USER, "");
  }

  /** Connections to this cluster. */
  HikariDataSource connections(Consumer<HikariConfig> how) {
    return connections(List.of(this), how);
  }

  /** Connections to whichever of these clusters takes writes. */
  static HikariDataSource connections(List<PostgresCluster> clusters, Consumer<HikariConfig> how) {
    HikariConfig config = new HikariConfig();
    String hosts =
        String.join(",", clusters.stream().map(cluster -> "127.0.0.1:" + cluster.port).toList());
    config.setJdbcUrl(
        "jdbc:postgresql://%s/postgres?targetServerType=primary&hostRecheckSeconds=0&socketTimeout=20"
            .formatted(hosts));
    config.setUsername(USER);
    config.setMaximumPoolSize(16);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(1_000); // also the longest pause before a pool tries again
    how.accept(config);
    return new HikariDataSource(config);
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private String run(String program, String... arguments) throws IOException {
    return programs.run(folder, programs.bin().resolve(program), arguments);
  }

  @Override
  public void close() throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    if (postmaster().isPresent()) {
      signal("CONT");
      run("pg_ctl", "-D", data(), "-w", "-m", "immediate", "stop");
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
  }
}
