package io.smollama.sync;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures how large a fleet one server process serves: {@code FleetBenchmark [folder [devices
 * [rate:seconds ...]]]}. Light clients, each with its own origin, chains and token, meet it over
 * loopback HTTP; when all is done, the log is read to see whether anything was lost or came twice.
 */
final class FleetBenchmark {
  private static final int INTERVAL_SECONDS = 300;
  private static final double MOST_MILLIS = 100;
  private static final String WARM_UP = "333:20";

  private final PrintStream out;
  private final Path folder;
  private final List<FleetDevice> devices;

  private FleetBenchmark(PrintStream out, Path folder, int devices) {
    this.out = out;
    this.folder = folder;
    this.devices = IntStream.range(0, devices).mapToObj(FleetDevice::new).toList();
  }

  public static void main(String[] args) throws Exception {
    Path base = args.length > 0 ? Path.of(args[0]) : Path.of("target");
    int devices = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    List<String> steps = List.of(args).subList(Math.min(2, args.length), args.length);
    Path folder = Files.createTempDirectory(base, "fleet");
    new FleetBenchmark(System.out, folder, devices)
        .run(
            steps.isEmpty()
                ? List.of("333:300", "500:30", "700:30", "1000:30", "1400:30", "2000:30")
                : steps);
  }

  private void run(List<String> steps) throws Exception {
    List<String> command = new ArrayList<>(List.of(java(), "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(System.getProperty("fleet.server", "-Xmx1g").split(" ")));
    command.addAll(List.of(FleetServer.class.getName(), folder.toString()));
    command.add(Integer.toString(devices.size()));
    long began = System.nanoTime();
    Process server =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader said = server.inputReader()) {
      int port = Integer.parseInt(said.readLine().split(" ")[1]);
      out.printf(
          "%,d devices, %,d chains; made ready in %.0f s, %,d MB of heap in use%n",
          devices.size(),
          3 * devices.size(),
          (System.nanoTime() - began) / 1e9,
          spent(port)[2] >> 20);
      FleetLoad load = new FleetLoad(port, devices, FleetServer.tokens(devices.size()));
      step(load, port, WARM_UP, true);
      out.println(
          "exchanges/s  devices  answered/s  p50 ms  p90 ms  p99 ms  p99.9  longest  failed"
              + "  server CPU ms  client CPU ms  GC ms/s  load");
      for (String step : steps) {
        if (!step(load, port, step, false)) {
          out.println("p99 is above " + MOST_MILLIS + " ms: here it breaks");
          break;
        }
      }
      load.failures().forEach((why, count) -> out.printf("%,d failed: %s%n", count, why));
    } finally {
      server.outputWriter().close();
      server.waitFor();
    }
    FleetLog.Audit audit = FleetLog.audit(folder, devices);
    out.printf(
        "%,d entries: %d lost, %d twice, %d strange; %,d MB on disk%n",
        audit.entries(),
        audit.lost(),
        audit.twice(),
        audit.strange(),
        FleetServer.bytes(folder) >> 20);
  }

  /** Whether the server kept up. */
  private boolean step(FleetLoad load, int port, String step, boolean quiet) throws Exception {
    int rate = Integer.parseInt(step.split(":")[0]);
    int seconds = Integer.parseInt(step.split(":")[1]);
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long[] before = spent(port);
    long mine = machine.getProcessCpuTime();
    FleetLoad.Outcome outcome = load.run(rate, seconds);
    long[] after = spent(port);
    if (!quiet) {
      double exchanges = (double) rate * seconds;
      out.printf(
          "%,11d %,8d %,11.0f %7.1f %7.1f %7.1f %6.0f %8.0f %7d %14.2f %14.2f %8.1f %5.1f%n",
          rate,
          rate * INTERVAL_SECONDS,
          outcome.perSecond(),
          outcome.millis(0.5),
          outcome.millis(0.9),
          outcome.millis(0.99),
          outcome.millis(0.999),
          outcome.millis(1),
          outcome.failed(),
          (after[0] - before[0]) / 1e6 / exchanges,
          (machine.getProcessCpuTime() - mine) / 1e6 / exchanges,
          (after[1] - before[1]) / (outcome.lasted() / 1e9),
          machine.getSystemLoadAverage());
    }
    return outcome.millis(0.99) <= MOST_MILLIS;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static long[] spent(int port) throws IOException {
    try (var in = URI.create("http://127.0.0.1:" + port + "/spent").toURL().openStream()) {
      String[] numbers = new String(in.readAllBytes(), StandardCharsets.US_ASCII).split(" ");
      return java.util.Arrays.stream(numbers).mapToLong(Long::parseLong).toArray();
    }
  }
}
