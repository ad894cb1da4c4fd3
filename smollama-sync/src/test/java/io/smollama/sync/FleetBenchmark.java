package io.smollama.sync;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Measures how large a fleet one server process serves: {@code FleetBenchmark sqlite|postgres
 * [folder [devices [rate:seconds ...]]]}. Light clients, each with its own origin, chains and
 * token, meet it over loopback HTTP; when all is done, the log is read to see whether anything was
 * lost or came twice.
 */
final class FleetBenchmark {
  private static final int INTERVAL_SECONDS = 300;
  private static final double MOST_MILLIS = 100;
  private static final String WARM_UP = "333:30";
  private static final List<String> STEPS =
      List.of("333:300", "500:30", "700:30", "1000:30", "1400:30", "2000:30");

  private final PrintStream out;
  private final Path folder;
  private final List<FleetDevice> devices;
  private final Optional<PostgresCluster> postgres;

  private FleetBenchmark(
      PrintStream out, Path folder, int devices, Optional<PostgresCluster> postgres) {
    this.out = out;
    this.folder = folder;
    this.devices = IntStream.range(0, devices).mapToObj(FleetDevice::new).toList();
    this.postgres = postgres;
  }

  public static void main(String[] args) throws Exception {
    boolean sqlite = args.length < 1 || args[0].equals("sqlite");
    Path base = args.length > 1 ? Path.of(args[1]) : Path.of("target");
    int devices = args.length > 2 ? Integer.parseInt(args[2]) : 100_000;
    List<String> steps = List.of(args).subList(Math.min(3, args.length), args.length);
    Path folder = Files.createTempDirectory(base, "fleet");
    Optional<PostgresCluster> postgres =
        sqlite ? Optional.empty() : Optional.of(PostgresCluster.start());
    try {
      new FleetBenchmark(System.out, folder, devices, postgres)
          .run(steps.isEmpty() ? STEPS : steps);
    } finally {
      if (postgres.isPresent()) {
        postgres.get().close();
      }
    }
  }

  private void run(List<String> steps) throws Exception {
    String database = database();
    long began = System.nanoTime();
    try (FleetProcess server = FleetProcess.start(folder, devices.size(), database)) {
      out.printf(
          "%,d devices, %,d chains; made ready in %.0f s, %,d MB of heap in use%n",
          devices.size(),
          FleetDevice.STREAMS.size() * devices.size(),
          (System.nanoTime() - began) / 1e9,
          server.spent().get(2) >> 20);
      measure(server, steps);
    }
    FleetLog.Audit audit = FleetLog.audit(folder, database, devices);
    out.printf(
        "%,d entries: %d lost, %d twice, %d strange%n",
        audit.entries(), audit.lost(), audit.twice(), audit.strange());
  }

  private void measure(FleetProcess server, List<String> steps) throws Exception {
    FleetLoad load = new FleetLoad(server.port(), devices, FleetServer.tokens(devices.size()));
    out.println(
        "exchanges/s  devices  answered/s  p50 ms  p90 ms  p99 ms  p99.9  longest  failed"
            + "  CPU ms each: server  database  clients  GC ms/s  load");
    step(load, server, WARM_UP);
    boolean kept = true;
    for (int i = 0; i < steps.size() && kept; i++) {
      kept = step(load, server, steps.get(i));
    }
    if (!kept) {
      out.println("p99 is above " + MOST_MILLIS + " ms: here it breaks");
    }
    load.failures().forEach((why, count) -> out.printf("%,d failed: %s%n", count, why));
  }

  /** Whether the server kept up. */
  private boolean step(FleetLoad load, FleetProcess server, String step) throws Exception {
    int rate = Integer.parseInt(step.split(":")[0]);
    int seconds = Integer.parseInt(step.split(":")[1]);
    List<Long> before = spent(server);
    FleetLoad.Outcome outcome = load.run(rate, seconds);
    List<Long> after = spent(server);
    double millis = 1e6 * rate * seconds;
    out.printf(
        "%,11d %,8d %,11.0f %7.1f %7.1f %7.1f %6.0f %8.0f %7d %20.2f %9.2f %8.2f %8.1f %5.1f%n",
        rate,
        rate * INTERVAL_SECONDS,
        outcome.perSecond(),
        outcome.millis(0.5),
        outcome.millis(0.9),
        outcome.millis(0.99),
        outcome.millis(0.999),
        outcome.millis(1),
        outcome.failed(),
        (after.get(0) - before.get(0)) / millis,
        (after.get(3) - before.get(3)) / millis,
        (after.get(4) - before.get(4)) / millis,
        (after.get(1) - before.get(1)) / (outcome.lasted() / 1e9),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    return outcome.millis(0.99) <= MOST_MILLIS;
  }

  /** What {@link FleetProcess#spent} says, then CPU time of the database and of the clients. */
  private List<Long> spent(FleetProcess server) throws IOException, SQLException {
    List<Long> spent = new ArrayList<>(server.spent());
    spent.add(database().isEmpty() ? 0 : databaseNanos());
    spent.add(ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
    return spent;
  }

  private String database() throws SQLException {
    if (postgres.isEmpty()) {
      return "";
    }
    try (Connection connection = postgres.get().connect()) {
      return connection.getMetaData().getURL() + "?user=" + connection.getMetaData().getUserName();
    }
  }

  private long databaseNanos() throws SQLException {
    try (Connection connection = postgres.orElseThrow().connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
      row.next();
      ProcessHandle first = ProcessHandle.of(row.getLong(1)).orElseThrow().parent().orElseThrow();
      return Stream.concat(Stream.of(first), first.descendants())
          .flatMap(process -> process.info().totalCpuDuration().stream())
          .mapToLong(Duration::toNanos)
          .sum();
    }
  }
}
