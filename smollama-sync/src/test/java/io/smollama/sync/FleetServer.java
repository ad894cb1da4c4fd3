package io.smollama.sync;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Llama server for benchmarks, in a process of its own: {@code FleetServer folder devices
 * [database]}. It makes itself known by a line with its port and ends with its standard input. It
 * begins with the first entries of so many devices and a token for each.
 */
final class FleetServer {
  private static final int THREADS = 64;
  private static final int TOKENS_FROM = 7;
  private static final int CREDIT = 1 << 30;

  private FleetServer() {}

  public static void main(String[] args) throws Exception {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
    Path folder = Path.of(args[0]);
    int devices = Integer.parseInt(args[1]);
    String database = args.length > 2 ? args[2] : "";
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    Path tokenFile = folder.resolve("tokens.sqlite");
    try (FleetLog log = FleetLog.open(folder, database);
        TokenStore tokens =
            SqliteTokenStore.open(tokenFile, InstantSource.system(), new SecureRandom())) {
      giveOut(tokenFile, devices);
      fill(log.replica(), devices);
      SyncService service =
          new SyncService(
              device -> log.replica(),
              SyncScope.OWN,
              tokens,
              new CreditAccounts(CREDIT, System::nanoTime));
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
      server.setExecutor(threads);
      server.createContext(
          "/api/sync/v2/",
          exchange -> {
            try (exchange) {
              ServicePeer.handle(service, exchange);
            }
          });
      server.createContext(
          "/spent",
          exchange -> {
            try (exchange) {
              HttpPeer.send(exchange, 200, spent());
            }
          });
      server.start();
      System.out.println("port " + server.getAddress().getPort());
      while (System.in.read() >= 0) {
        // Until whoever started it closes the pipe, or ends.
      }
      server.stop(0);
    } finally {
      threads.shutdown();
    }
  }

  /** The tokens of the first devices, the same each time. */
  static List<String> tokens(int devices) {
    Random random = new Random(TOKENS_FROM);
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      tokens.add(TokenForm.make(random));
    }
    return tokens;
  }

  /** All in one commit, which is not what a token store is made for. */
  private static void giveOut(Path tokenFile, int devices) throws SQLException {
    List<String> tokens = tokens(devices);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + tokenFile);
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO token (sha256, device, created) VALUES (?, ?, 0)")) {
      connection.setAutoCommit(false);
      for (int number = 0; number < devices; number++) {
        byte[] token = tokens.get(number).getBytes(StandardCharsets.US_ASCII);
        insert.setBytes(1, Statements.bytes(Sha256.hex(token)));
        insert.setString(2, new FleetDevice(number).name());
        insert.addBatch();
      }
      insert.executeBatch();
      connection.commit();
    }
  }

  private static void fill(SharedReplica replica, int devices) {
    List<Run> runs = new ArrayList<>();
    for (int number = 0; number < devices; number++) {
      runs.addAll(new FleetDevice(number).first());
      if (runs.size() > 1_500 || number == devices - 1) {
        replica.takeIn(runs, Long.MAX_VALUE);
        runs.clear();
      }
    }
  }

  /** CPU time, time spent collecting garbage, and memory in use. */
  private static byte[] spent() {
    long cpu = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    long collecting =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(collector -> collector.getCollectionTime())
            .sum();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return "%d %d %d".formatted(cpu, collecting, used).getBytes(StandardCharsets.US_ASCII);
  }
}
