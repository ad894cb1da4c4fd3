package io.smollama.memory;

import io.smollama.core.Embedding;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.sqlite.SQLiteConfig;

/**
 * How long recall takes without the embedding of the question, how much memory it needs and how
 * often its ten nearest are the ten nearest. Arguments: the path of sqlite-vec's {@code vec0.so} or
 * {@code -}, then sizes: {@code - 10000 100000 1000000}.
 */
final class RecallBenchmark {
  private static final int WARM = 1_000;

  /** Tells the work from the waiting where the machine does other things as well. */
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final SyntheticCorpus corpus;
  private final Path folder;
  private final int queries;
  private final PrintStream out;

  RecallBenchmark(SyntheticCorpus corpus, Path folder, int queries, PrintStream out) {
    this.corpus = corpus;
    this.folder = folder;
    this.queries = queries;
    this.out = out;
  }

  /**
   * What a run found. Times are in microseconds, without the embedding of the question.
   *
   * @param bytesPerItem of memory while nobody recalls: sketches of vectors and marks for filters
   * @param sketchBytes of them for the sketches, by their size
   * @param p95 by words and meaning
   * @param meaning by meaning alone, median
   */
  record Outcome(
      double recallAt10, double bytesPerItem, double sketchBytes, long p95, long meaning) {}

  /** Two of many times, in microseconds. */
  record Times(long median, long p95) {}

  Outcome run() {
    try (Database database = Database.open(folder.resolve("corpus-" + corpus.size()))) {
      long start = System.nanoTime();
      corpus.store(database);
      RecallIndex index = new RecallIndex(database, Optional.of(corpus.model()));
      index.load();
      index.recentre();
      say("stored in %,d ms", (System.nanoTime() - start) / 1_000_000);
      return measure(database);
    }
  }

  private Outcome measure(Database database) {
    RecallIndex index = new RecallIndex(database, Optional.of(corpus.model()));
    InstantSource clock = InstantSource.system();
    Vectors vectors = new Vectors(database, index, corpus, clock);
    Recall recall = new Recall(database, index, Optional.of(vectors), clock);
    Recall wordsOnly = new Recall(database, index, Optional.empty(), clock);
    long before = used();
    long start = System.nanoTime();
    index.load();
    say("loaded in %,d ms", (System.nanoTime() - start) / 1_000_000);
    double bytes = (double) (used() - before) / corpus.size();
    start = System.nanoTime();
    recall.recall(RecallQuery.of(corpus.question(-1), 10));
    say("first recall %,d us", (System.nanoTime() - start) / 1_000);
    Times both =
        time("words and meaning", i -> recall.recall(RecallQuery.of(corpus.question(i), 10)));
    time("words", i -> wordsOnly.recall(RecallQuery.of(corpus.question(i), 10)));
    Times meaning = time("meaning", i -> recall.nearest(vector(i), RecallFilter.SHOWN, 10));
    double share = recallAt10(database, index);
    say("recall@10 against the exact scan %.4f; %.1f bytes an item", share, bytes);
    vectors.close();
    double sketches = VectorSketch.size(corpus.model().dimensions());
    return new Outcome(share, bytes, sketches, both.p95(), meaning.median());
  }

  private Embedding vector(int number) {
    return corpus.embedQuery(corpus.question(number));
  }

  interface Task {
    void run(int number);
  }

  /** Questions of the warm-up are others than those that are measured. */
  private Times time(String what, Task task) {
    IntStream.range(0, Math.min(WARM, 2 * queries)).forEach(i -> task.run(1_000_000 + i));
    IntStream.range(0, queries).forEach(corpus::question);
    long[] micros = new long[queries];
    long[] cpu = new long[queries];
    for (int i = 0; i < queries; i++) {
      long cpuBefore = CPU.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      task.run(i);
      micros[i] = (System.nanoTime() - start) / 1_000;
      cpu[i] = (CPU.getCurrentThreadCpuTime() - cpuBefore) / 1_000;
    }
    Arrays.sort(micros);
    Arrays.sort(cpu);
    int p95 = (int) (queries * 0.95);
    say(
        "%-20s p50 %,7d us  p95 %,7d us  (CPU p50 %,7d us  p95 %,7d us)",
        what, micros[queries / 2], micros[p95], cpu[queries / 2], cpu[p95]);
    return new Times(micros[queries / 2], micros[p95]);
  }

  private double recallAt10(Database database, RecallIndex index) {
    RecallSearch search = new RecallSearch(index);
    int asked = Math.min(queries, 50);
    double found = 0;
    for (int i = 0; i < asked; i++) {
      Embedding query = vector(i);
      RecallSearch.Wanted ten =
          new RecallSearch.Wanted(
              List.of(), RecallFilter.SHOWN, 10, InstantSource.system().instant());
      Set<Integer> near = new HashSet<>();
      database
          .read(c -> search.nearest(c, ten, VectorBytes.fixed(query)))
          .forEach(one -> near.add(one.item()));
      near.retainAll(exact(query));
      found += near.size() / 10.0;
    }
    return found / asked;
  }

  private Set<Integer> exact(Embedding query) {
    record Near(int item, double cosine) {}
    List<Near> best = new ArrayList<>();
    for (int item = 1; item <= corpus.size(); item++) {
      double cosine = query.cosine(corpus.vector(item));
      if (best.size() < 10 || cosine > best.get(9).cosine()) {
        best.add(new Near(item, cosine));
        best.sort(Comparator.comparingDouble(Near::cosine).reversed());
        best.subList(Math.min(10, best.size()), best.size()).clear();
      }
    }
    Set<Integer> items = new HashSet<>();
    best.forEach(one -> items.add(one.item()));
    return items;
  }

  /** The same vectors and queries in sqlite-vec, the engine of Smollama for Python; the median. */
  long sqliteVec(Path library) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.enableLoadExtension(true);
    try (Connection connection =
            config.createConnection("jdbc:sqlite:" + folder.resolve("vec-" + corpus.size()));
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT load_extension('" + library + "')");
      statement.execute(
          "CREATE VIRTUAL TABLE v USING vec0(e float[%d] distance_metric=cosine)"
              .formatted(corpus.model().dimensions()));
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO v (rowid, e) VALUES (?, ?)")) {
        for (int item = 1; item <= corpus.size(); item++) {
          insert.setInt(1, item);
          insert.setBytes(2, VectorBytes.of(corpus.vector(item).toArray()));
          insert.executeUpdate();
        }
      }
      connection.commit();
      long[] micros = new long[20];
      try (PreparedStatement query =
          connection.prepareStatement("SELECT rowid FROM v WHERE e MATCH ? AND k = 10")) {
        for (int i = -3; i < micros.length; i++) {
          query.setBytes(1, VectorBytes.of(vector(Math.abs(i)).toArray()));
          long start = System.nanoTime();
          try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {}
          }
          micros[Math.max(i, 0)] = (System.nanoTime() - start) / 1_000;
        }
      }
      Arrays.sort(micros);
      say("%-20s p50 %,7d us  p95 %,7d us", "sqlite-vec", micros[10], micros[19]);
      return micros[10];
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void say(String format, Object... values) {
    out.printf(Locale.ROOT, "%,9d items: ", corpus.size());
    out.printf(Locale.ROOT, format + "%n", values);
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    for (String size : Arrays.asList(arguments).subList(1, arguments.length)) {
      Path folder = Files.createTempDirectory("recall-benchmark");
      SyntheticCorpus corpus = new SyntheticCorpus(Integer.parseInt(size), 384);
      RecallBenchmark benchmark = new RecallBenchmark(corpus, folder, 500, System.out);
      benchmark.run();
      if (Files.exists(Path.of(arguments[0]))) {
        benchmark.sqliteVec(Path.of(arguments[0]));
      } else {
        benchmark.say("no sqlite-vec at '%s': not compared", arguments[0]);
      }
    }
  }
}
