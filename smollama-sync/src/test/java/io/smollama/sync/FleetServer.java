package io.smollama.sync;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Llama server for benchmarks, in a process of its own: {@code FleetServer folder devices}. It
 * makes itself known by a line with its port and ends with its standard input. It begins with the
 * first entries of so many devices and a token for each.
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
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (FleetLog log = FleetLog.open(folder);
        TokenStore tokens =
            SqliteTokenStore.open(
                folder.resolve("tokens.sqlite"), InstantSource.system(), tokenSource())) {
      fill(log.replica(), tokens, devices);
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

  /** Tokens are the same each time, so that clients know them. */
  private static Random tokenSource() {
    return new Random(TOKENS_FROM);
  }

  /** The tokens of the first devices. */
  static List<String> tokens(int devices) {
    Random random = tokenSource();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < devices; i++) {
      tokens.add(SqliteTokenStore.token(random));
    }
    return tokens;
  }

  private static void fill(SharedReplica replica, TokenStore tokens, int devices) {
    List<Run> runs = new ArrayList<>();
    for (int number = 0; number < devices; number++) {
      FleetDevice device = new FleetDevice(number);
      tokens.create(device.name());
      runs.addAll(device.first());
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

  /** What the folder takes on disk. */
  static long bytes(Path folder) throws IOException {
    long bytes = 0;
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
