package io.smollama.sync;

import com.zaxxer.hikari.HikariDataSource;
import io.smollama.core.ChainId;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import io.smollama.sync.Change.Added;
import io.smollama.sync.Change.ChainChange;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures a log in a PostgreSQL of its own: appends, what peers bring, the states of many chains,
 * and the size of the tables: {@code PostgresBenchmark [entries of a bulk]}.
 */
final class PostgresBenchmark {
  private static final int ROUNDS = 3;
  private static final int BATCH = 1_000;
  private static final int TEXT = 300;

  private final PostgresCluster cluster;
  private final HikariDataSource connections;
  private final int bulk;
  private final PrintStream out;
  private long group;

  private PostgresBenchmark(PostgresCluster cluster, int bulk, PrintStream out) {
    this.cluster = cluster;
    this.connections = cluster.connections(config -> config.setConnectionTimeout(30_000));
    this.bulk = bulk;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    int bulk = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
    try (PostgresCluster cluster = PostgresCluster.start()) {
      PostgresBenchmark benchmark = new PostgresBenchmark(cluster, bulk, System.out);
      for (int round = 1; round <= ROUNDS; round++) {
        System.out.println("round " + round);
        benchmark.singles(1);
        benchmark.singles(16);
        benchmark.batches();
        benchmark.merge(1);
        benchmark.merge(4);
        benchmark.pushes(1);
        benchmark.pushes(4);
        benchmark.pushes(16);
      }
      benchmark.manyChains(1_000);
      benchmark.manyChains(10_000);
      benchmark.manyChains(100_000);
      for (int length : new int[] {20, 100, 300, 1_000, 2_100, 4_000, 6_000, 30_000}) {
        benchmark.size(length);
      }
      benchmark.connections.close();
    }
  }

  private PostgresLogStore open() {
    return PostgresLogStore.open(connections, ++group, PostgresExtension.ONE);
  }

  /** Of letters that cannot be compressed much: PostgreSQL compresses what is long. */
  private static String payload(int length) {
    StringBuilder text = new StringBuilder("{\"text\":\"");
    Random random = new Random(length);
    while (text.length() < length - 2) {
      text.append((char) ('0' + random.nextInt(64)));
    }
    return text.toString().replace('\\', 'x') + "\"}";
  }

  /** One by one, each acknowledged; threads of one server share commits. */
  private void singles(int threads) throws Exception {
    SharedReplica replica = new SharedReplica(open(), "server", Lines.freshIds(), () -> Lines.NOW);
    List<NewEntry> one = List.of(new NewEntry("obs.add", payload(TEXT)));
    int entries = 4_000;
    report(
        "appends, one by one, %d threads".formatted(threads),
        entries,
        timed(
            threads,
            thread -> {
              for (int i = 0; i < entries / threads; i++) {
                replica.append(ChainId.KNOWLEDGE, one);
              }
            }));
  }

  private void batches() throws Exception {
    Replica replica = new Replica(open(), "server", Lines.freshIds());
    List<NewEntry> batch = Collections.nCopies(BATCH, new NewEntry("obs.add", payload(TEXT)));
    report(
        "appends, 1,000 at a time",
        bulk,
        timed(
            1,
            thread -> {
              for (int i = 0; i < bulk / BATCH; i++) {
                replica.append(ChainId.KNOWLEDGE, batch, Lines.NOW);
              }
            }));
  }

  /** Backlogs of devices, each in runs as long as a message takes. */
  private void merge(int devices) throws Exception {
    push("merge of %d backlogs side by side".formatted(devices), devices, bulk / devices, BATCH);
  }

  /** Devices in turn, each with three new entries. */
  private void pushes(int threads) throws Exception {
    push("pushes of 3 entries, %d at a time".formatted(threads), threads, 3_000 / threads * 3, 3);
  }

  private void push(String what, int threads, int entries, int run) throws Exception {
    PostgresLogStore store = open();
    List<List<Entry>> lines = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      lines.add(line(Lines.chain(100 + i), entries));
    }
    long[][] nanos = new long[threads][entries / run];
    double seconds =
        timed(
            threads,
            thread -> {
              Replica replica = new Replica(store, "server", Lines.freshIds());
              List<Entry> line = lines.get(thread);
              for (int from = 0; from + run <= entries; from += run) {
                long start = System.nanoTime();
                List<Run> runs = List.of(Run.of(line.subList(from, from + run)));
                if (!replica.takeIn(runs, Long.MAX_VALUE, Lines.NOW).get(0).acknowledges()) {
                  throw new IllegalStateException("A run was not taken in");
                }
                nanos[thread][from / run] = System.nanoTime() - start;
              }
            });
    report(what, threads * entries, seconds);
    long[] all = Arrays.stream(nanos).flatMapToLong(Arrays::stream).sorted().toArray();
    out.printf(
        "  %,.0f pushes/s, of 100 the slowest takes %.1f ms%n",
        all.length / seconds, all[all.length * 99 / 100] / 1e6);
  }

  private static List<Entry> line(ChainId chain, int length) {
    List<Entry> line = new ArrayList<>();
    Point head = Point.START;
    for (int i = 1; i <= length; i++) {
      line.add(Lines.entry(chain, head, i, "obs.add", payload(TEXT)));
      head = Points.of(line.get(i - 1));
    }
    return line;
  }

  /** How long it takes to read the states of all chains, and of those that an exchange names. */
  private void manyChains(int chains) throws Exception {
    PostgresLogStore store = open();
    for (int from = 0; from < chains; from += BATCH) {
      List<ChainChange> changes = new ArrayList<>();
      for (int i = from; i < from + BATCH; i++) {
        List<Entry> line = Lines.line(Lines.chain(1_000 + i), 1);
        ChainState before = ChainState.empty(line.get(0).header().chain());
        Branch trunk = new Branch(Branch.TRUNK, Point.START, Points.of(line.get(0)));
        List<Added> added = List.of(new Added(Branch.TRUNK, line));
        changes.add(new ChainChange(before, before.with(trunk), List.of(), added));
      }
      store.commit(Change.of(store.self(), 1, changes));
    }
    double all = timed(1, thread -> store.chains());
    int times = 500;
    double some =
        timed(
            1,
            thread -> {
              for (int i = 0; i < times; i++) {
                store.chains(ChainRange.of(Lines.replicaId(1_000 + i)), 9);
              }
            });
    out.printf(
        "of %,d chains: all %.0f ms, one origin's %.2f ms%n",
        chains, 1e3 * all, 1e3 * some / times);
  }

  private void size(int length) throws Exception {
    for (int entries : new int[] {10_000, 100_000}) {
      try (Connection connection = cluster.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("TRUNCATE smollama_entry, smollama_chain");
        Replica replica = new Replica(open(), "server", Lines.freshIds());
        List<NewEntry> batch = Collections.nCopies(100, new NewEntry("obs.add", payload(length)));
        for (int i = 0; i < entries / batch.size(); i++) {
          replica.append(ChainId.KNOWLEDGE, batch, Lines.NOW);
        }
        try (ResultSet row =
            statement.executeQuery("SELECT pg_total_relation_size('smollama_entry')")) {
          row.next();
          double each = (double) row.getLong(1) / entries;
          out.printf(
              "%,7d entries of %,6d B: %,8.0f B each on disk, %.2f x payload + 200 B; target 1.3"
                  + " x%n",
              entries, length, each, (each - 200) / length);
        }
      }
    }
  }

  private interface Work {
    void of(int thread) throws Exception;
  }

  /** Seconds until all threads have done it. */
  private static double timed(int threads, Work work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int mine = thread;
        tasks.add(
            () -> {
              work.of(mine);
              return true;
            });
      }
      long start = System.nanoTime();
      for (Future<Boolean> done : executor.invokeAll(tasks)) {
        done.get();
      }
      return (System.nanoTime() - start) / 1e9;
    } finally {
      executor.shutdownNow();
    }
  }

  private void report(String what, int entries, double seconds) {
    out.printf("%-42s %,10.0f entries/s%n", what, entries / seconds);
  }
}
