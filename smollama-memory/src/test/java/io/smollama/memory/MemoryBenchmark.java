package io.smollama.memory;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * All benchmarks of this module in one run, beside the tables of Smollama for Python and, where its
 * library is there, sqlite-vec, with what each figure should be. {@code main FOLDER [SCALE [ITEMS
 * [VEC0.SO]]]}: the folder should lie on a real disk; scale 100 and 100,000 items are the figures
 * of the documentation. {@code docs/benchmarks.md} has the command.
 */
public final class MemoryBenchmark {
  /** What a figure should be; the name is how its line begins. */
  private record Target(String figure, boolean atMost, double bound) {
    boolean isMet(double value) {
      return atMost ? value <= bound : value >= bound;
    }
  }

  private static final List<Target> TARGETS =
      List.of(
          new Target("bytes on disk per reading, whole file", true, 4),
          new Target("bytes handed to the system per reading", true, 150),
          new Target("ms, 24 h of a source", true, 1),
          new Target("ms, latest of 50 sources", true, 0.2),
          new Target("seconds for ten million readings", true, 60),
          new Target("ms, recall by words and meaning, 100,000", true, 3),
          new Target("ms, recall by words and meaning, 1,000,000", true, 10),
          new Target("times the median of recall by meaning that sqlite-vec takes", false, 20),
          new Target("share of the ten nearest", false, 0.99),
          new Target("bytes of memory per item for its vector", true, 60));

  private final Path folder;
  private final PrintStream out;
  private final List<BenchmarkFigure> figures = new ArrayList<>();

  MemoryBenchmark(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    Path folder =
        arguments.length > 0
            ? Files.createDirectories(Path.of(arguments[0]))
            : Files.createTempDirectory("memory-benchmark");
    int scale = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    int items = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100_000;
    MemoryBenchmark benchmark = new MemoryBenchmark(folder, System.out);
    benchmark.history(scale);
    benchmark.recall(items, 500, Path.of(arguments.length > 3 ? arguments[3] : "-"));
    benchmark.print();
  }

  void history(int scale) throws Exception {
    HistoryBenchmark history =
        new HistoryBenchmark(Files.createTempDirectory(folder, "history"), scale);
    history.run();
    for (BenchmarkFigure figure : history.figures()) {
      figures.add(figure);
      if (figure.what().startsWith("seconds, bulk load")) {
        double ofTenMillion = figure.here() * 10_000_000 / (100_000.0 * scale);
        add("seconds for ten million readings at that pace", ofTenMillion);
      }
    }
  }

  private void add(String what, double here) {
    figures.add(new BenchmarkFigure(what, here, OptionalDouble.empty()));
  }

  void recall(int items, int queries, Path library) throws Exception {
    SyntheticCorpus corpus = new SyntheticCorpus(items, items < 10_000 ? 128 : 384);
    RecallBenchmark recall =
        new RecallBenchmark(corpus, Files.createTempDirectory(folder, "recall"), queries, out);
    RecallBenchmark.Outcome outcome = recall.run();
    String what = "ms, recall by words and meaning, %,d items, p95".formatted(items);
    add(what, outcome.p95() / 1e3);
    add("ms, recall by meaning, median", outcome.meaning() / 1e3);
    if (Files.isRegularFile(library)) {
      double theirs = recall.sqliteVec(library.toAbsolutePath());
      add(
          "times the median of recall by meaning that sqlite-vec takes",
          theirs / outcome.meaning());
    } else {
      out.printf("no sqlite-vec at '%s': recall is compared with nothing%n", library);
    }
    add("share of the ten nearest that are found", outcome.recallAt10());
    add("bytes of memory per item for its vector", outcome.sketchBytes());
    add("  with the marks for filters, measured", outcome.bytesPerItem());
  }

  /** The table: each figure, what it should be, whether it is. */
  void print() {
    out.print(BenchmarkFigure.table(figures));
    out.printf("%n%-66s %14s %14s %8s%n", "target", "should be", "is", "met");
    for (Target target : TARGETS) {
      List<BenchmarkFigure> measured =
          figures.stream().filter(figure -> figure.what().startsWith(target.figure())).toList();
      measured.forEach(figure -> print(target, figure));
      if (measured.isEmpty()) {
        out.printf("%-66s not measured by this run%n", target.figure());
      }
    }
  }

  private void print(Target target, BenchmarkFigure figure) {
    out.printf(
        Locale.ROOT,
        "%-66s %14s %14.4f %8s%n",
        figure.what().strip(),
        (target.atMost() ? "<= " : ">= ") + target.bound(),
        figure.here(),
        target.isMet(figure.here()) ? "yes" : "NO");
  }
}
