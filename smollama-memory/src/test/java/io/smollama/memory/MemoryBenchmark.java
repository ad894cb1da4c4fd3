package io.smollama.memory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All benchmarks of this module in one run, beside the tables of Smollama for Python and, where its
 * library is there, sqlite-vec, with what each figure should be. {@code main FOLDER [SCALE [ITEMS
 * [VEC0.SO]]]}: the folder should lie on a real disk; scale 100 and 100,000 items are the figures
 * of the documentation. {@code docs/benchmarks.md} has the command.
 */
public final class MemoryBenchmark {
  private static final Pattern VEC_P95 = Pattern.compile("sqlite-vec .* p95 +([0-9,]+) us");

  /** What a figure should be; the name is how its line begins. */
  private record Target(String figure, boolean atMost, double bound) {
    boolean isMet(double value) {
      return atMost ? value <= bound : value >= bound;
    }
  }

  private static final List<Target> TARGETS =
      List.of(
          new Target("  the same without the", true, 3),
          new Target("bytes handed to the system per reading", true, 60),
          new Target("ms, 24 h of a source", true, 5),
          new Target("ms, its statistics", true, 5),
          new Target("ms, 300 points", true, 50),
          new Target("ms, latest of 50 sources", true, 1),
          new Target("seconds for ten million readings", true, 60),
          new Target("ms, recall by words and meaning", true, 10),
          new Target("share of the ten nearest", false, 0.99),
          new Target("bytes of memory per item", true, 100));

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
        add("seconds for ten million readings at that pace", ofTenMillion, OptionalDouble.empty());
      }
    }
  }

  private void add(String what, double here, OptionalDouble there) {
    figures.add(new BenchmarkFigure(what, here, there));
  }

  void recall(int items, int queries, Path library) throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    SyntheticCorpus corpus = new SyntheticCorpus(items, items < 10_000 ? 128 : 384);
    RecallBenchmark recall =
        new RecallBenchmark(
            corpus,
            Files.createTempDirectory(folder, "recall"),
            queries,
            new PrintStream(both(said), true, StandardCharsets.UTF_8));
    RecallBenchmark.Outcome outcome = recall.run();
    OptionalDouble theirs = OptionalDouble.empty();
    if (Files.isRegularFile(library)) {
      recall.sqliteVec(library.toAbsolutePath());
      theirs = p95(said.toString(StandardCharsets.UTF_8));
    } else {
      out.printf("no sqlite-vec at '%s': recall is compared with nothing%n", library);
    }
    add(
        "ms, recall by words and meaning, %,d items, p95".formatted(items),
        outcome.p95Micros() / 1e3,
        theirs);
    add("share of the ten nearest that are found", outcome.recallAt10(), OptionalDouble.empty());
    add("bytes of memory per item", outcome.bytesPerItem(), OptionalDouble.empty());
  }

  /** What the recall benchmark says is shown at once, and searched for what it gives only there. */
  private OutputStream both(ByteArrayOutputStream said) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        said.write(octet);
        out.write(octet);
      }
    };
  }

  private static OptionalDouble p95(String said) {
    Matcher line = VEC_P95.matcher(said);
    return line.find()
        ? OptionalDouble.of(Double.parseDouble(line.group(1).replace(",", "")) / 1e3)
        : OptionalDouble.empty();
  }

  /** The table: each figure, what it should be, whether it is. */
  void print() {
    out.print(BenchmarkFigure.table(figures));
    out.printf("%n%-66s %14s %14s %8s%n", "target", "should be", "is", "met");
    for (Target target : TARGETS) {
      figures.stream()
          .filter(figure -> figure.what().startsWith(target.figure()))
          .forEach(figure -> print(target, figure));
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
