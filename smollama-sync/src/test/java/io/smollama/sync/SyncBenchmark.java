package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Measures how a node that was away for 90 days meets its server, in a process of its own over
 * loopback HTTP, and what the log takes on disk: {@code SyncBenchmark [folder]}. Prints each target
 * with what was measured.
 */
final class SyncBenchmark {
  private static final int DAYS = 90;
  private static final int BATCHES_PER_DAY = 288;
  private static final int READINGS_PER_BATCH = 30;
  private static final int OBSERVATIONS_PER_DAY = 96;
  private static final int MEMORIES = 500;

  private final Path base;
  private final PrintStream out;
  private final SplittableRandom random = new SplittableRandom(1);
  private long entries;
  private long payload;

  private SyncBenchmark(Path base, PrintStream out) {
    this.base = base;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    Path base = args.length > 0 ? Path.of(args[0]) : Path.of("target");
    new SyncBenchmark(base, System.out).run();
  }

  private void run() throws Exception {
    out.printf("%-52s %14s %14s%n", "", "target", "measured");
    Path node = Files.createTempDirectory(base, "node");
    Path llama = Files.createTempDirectory(base, "llama");
    try (SqliteJournal journal = open(node);
        FleetProcess server = FleetProcess.start(llama, 1, "")) {
      backlog(journal, DAYS);
      String token = FleetServer.tokens(1).get(0);
      try (HttpSyncTransport transport =
          HttpSyncTransport.open(HttpSyncConfig.of(server.address(), Optional.of(token)))) {
        meet(journal, transport, server);
      }
    }
    double each = size(node);
    Path longer = Files.createTempDirectory(base, "longer");
    entries = 0;
    payload = 0;
    try (SqliteJournal journal = open(longer)) {
      backlog(journal, 10 * DAYS);
    }
    row("bytes of an entry, with 10 x the entries, / before", "1", size(longer) / each);
  }

  private static SqliteJournal open(Path folder) {
    return SqliteJournal.open(
        folder.resolve("journal.sqlite"), ReplicaSetup.ofThisMachine("garden"));
  }

  private void meet(SqliteJournal journal, HttpSyncTransport transport, FleetProcess server)
      throws IOException {
    long began = System.nanoTime();
    long cpu = server.spent().get(0);
    List<SyncProgress> last = new ArrayList<>();
    Frontier met = talk(journal.replica(), transport, Optional.empty(), last);
    SyncProgress drained = last.get(last.size() - 1);
    row("90 days drain in s", "<= 60", seconds(began));
    row("  entries", "", drained.sent());
    row("  messages", "", drained.roundTrips());
    row("  MB before packing", "", drained.bytesSent() / 1e6);
    row("  CPU s of the server", "", (server.spent().get(0) - cpu) / 1e9);
    journal.appendAll(ChainId.KNOWLEDGE, List.of(observation()));
    journal.appendAll(ChainId.READINGS, List.of(batch()));
    last.clear();
    talk(journal.replica(), transport, Optional.of(met), last);
    row("round trips when little is new", "1", last.get(last.size() - 1).roundTrips());
  }

  /** What both hold then. */
  private static Frontier talk(
      SharedReplica replica,
      HttpSyncTransport transport,
      Optional<Frontier> believed,
      List<SyncProgress> progress) {
    SyncSetup setup =
        new SyncSetup(InstantSource.system(), System::nanoTime, new SplittableRandom());
    Dialogue dialogue = new Dialogue(replica, transport, setup, new BatchSize(), progress::add);
    return dialogue
        .run(replica.exchange(Long.MAX_VALUE), believed, () -> false)
        .held()
        .orElseThrow(() -> new IllegalStateException("Not all was taken"));
  }

  private void backlog(SqliteJournal journal, int days) {
    for (int day = 0; day < days; day++) {
      List<NewEntry> readings = new ArrayList<>();
      for (int i = 0; i < BATCHES_PER_DAY; i++) {
        readings.add(batch());
      }
      journal.appendAll(ChainId.READINGS, readings);
      List<NewEntry> known = new ArrayList<>();
      for (int i = 0; i < OBSERVATIONS_PER_DAY; i++) {
        known.add(observation());
      }
      for (int i = day * MEMORIES / DAYS; i < (day + 1) * MEMORIES / DAYS; i++) {
        known.add(counted("mem.add", "{\"text\":\"The bins of house %d go out on Monday\"}", i));
      }
      journal.appendAll(ChainId.KNOWLEDGE, known);
    }
  }

  private NewEntry observation() {
    String form =
        "{\"text\":\"system:load_avg was %d, more than usual\",\"source\":\"system:load_avg\"}";
    return counted("obs.add", form, random.nextInt(100));
  }

  /** As many numbers as come in five minutes, one in ten seconds. */
  private NewEntry batch() {
    StringBuilder values = new StringBuilder();
    for (int i = 0; i < READINGS_PER_BATCH; i++) {
      values.append(i == 0 ? "" : ",").append(40 + random.nextInt(200) / 10.0);
    }
    return counted("reading.batch", "{\"source\":\"system:cpu_temp\",\"values\":[%s]}", values);
  }

  private NewEntry counted(String type, String form, Object value) {
    String text = form.formatted(value);
    entries++;
    payload += text.getBytes(StandardCharsets.UTF_8).length;
    return new NewEntry(type, text);
  }

  /** Bytes of an entry on disk. */
  private double size(Path folder) throws IOException {
    double bytes = Files.size(folder.resolve("journal.sqlite"));
    String what = "%,d entries of %d B, (bytes on disk - 200) / payload";
    double each = bytes / entries;
    row(
        what.formatted(entries, payload / entries),
        "<= 1.3",
        (each - 200) / ((double) payload / entries));
    row("  bytes on disk of each", "", each);
    return each;
  }

  private void row(String what, String target, double measured) {
    out.printf("%-52s %14s %,14.2f%n", what, target, measured);
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }
}
