package io.smollama.memory;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Measures the readings history beside the tables of Smollama for Python, in one run. {@code main
 * [folder] [scale]}: the folder should lie on a real disk, scale 1 is a quick look, 100 the figures
 * of the documentation.
 */
public final class HistoryBenchmark {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final SourceId ROOM = SourceId.parse("mqtt:room/temperature");

  private final Path folder;
  private final int scale;
  private final List<BenchmarkFigure> figures = new ArrayList<>();
  private final ManualClock clock = new ManualClock(START);

  HistoryBenchmark(Path folder, int scale) {
    this.folder = folder;
    this.scale = scale;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("bench");
    int scale = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
    System.out.print(new HistoryBenchmark(folder, scale).run());
  }

  String run() throws Exception {
    size();
    written();
    reads();
    load();
    return BenchmarkFigure.table(figures);
  }

  /** What was measured. */
  List<BenchmarkFigure> figures() {
    return List.copyOf(figures);
  }

  private void figures(String what, double ours, double theirs) {
    figures.add(new BenchmarkFigure(what, ours, OptionalDouble.of(theirs)));
  }

  private void figure(String what, double ours) {
    figures.add(new BenchmarkFigure(what, ours, OptionalDouble.empty()));
  }

  private MemoryStore open(String name) {
    return MemoryStore.open(
        folder.resolve(name),
        new InMemoryJournal(clock),
        Optional.empty(),
        clock,
        new MemoryStore.Settings("bench", MemoryConfig.defaults()));
  }

  /** A room: tenths of a degree that wander, ten seconds apart. */
  private static Iterator<Reading> room(int count) {
    Random random = new Random(1);
    int[] tenths = {213};
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              tenths[0] += random.nextInt(5) == 0 ? random.nextInt(3) - 1 : 0;
              return Reading.of(
                  ROOM.toString(), tenths[0] / 10.0, "celsius", START.plusSeconds(10L * i));
            })
        .iterator();
  }

  private void size() throws Exception {
    int count = 10_000 * scale;
    try (MemoryStore store = open("size.sqlite")) {
      for (Iterator<Reading> all = room(count); all.hasNext(); ) {
        store.readings().append(List.of(all.next()));
        clock.advance(Duration.ofSeconds(10));
      }
    }
    int few = Math.min(count, 100_000);
    try (PythonReadings theirs = PythonReadings.open(folder.resolve("size-python.sqlite"))) {
      theirs.addTogether(room(few));
    }
    long empty = emptyFile();
    double bytes = Files.size(folder.resolve("size.sqlite"));
    double theirs = (double) Files.size(folder.resolve("size-python.sqlite")) / few;
    figures("bytes on disk per reading, whole file, " + count, bytes / count, theirs);
    figure("  the same without the " + empty + " bytes of an empty file", (bytes - empty) / count);
  }

  private long emptyFile() throws IOException {
    open("empty.sqlite").close();
    return Files.size(folder.resolve("empty.sqlite"));
  }

  private static List<Reading> second(int sources, int second, Random random) {
    List<Reading> readings = new ArrayList<>();
    for (int s = 0; s < sources; s++) {
      readings.add(
          Reading.of(
              "bench:" + s,
              200 + random.nextInt(40) / 10.0,
              "celsius",
              START.plusSeconds(second).plusMillis(random.nextInt(5))));
    }
    return readings;
  }

  /** Twenty sources once a second, committed every ten seconds. */
  private void written() throws Exception {
    int seconds = 1_200 + 60 * scale;
    WrittenBytes ours =
        WrittenBytes.by(
            () -> {
              try (MemoryStore store = open("written.sqlite")) {
                Random random = new Random(2);
                for (int second = 0; second < seconds; second++) {
                  store.readings().append(second(20, second, random));
                  clock.advance(Duration.ofSeconds(1));
                }
              }
            });
    int few = Math.min(seconds, 300);
    WrittenBytes theirs =
        WrittenBytes.by(
            () -> {
              try (PythonReadings python =
                  PythonReadings.open(folder.resolve("written-python.sqlite"))) {
                Random random = new Random(2);
                for (int second = 0; second < few; second++) {
                  python.addEachAlone(second(20, second, random));
                }
              }
            });
    figures(
        "bytes handed to the system per reading, 20 sources, " + seconds + " s",
        ours.handedOver() / (20.0 * seconds),
        theirs.handedOver() / (20.0 * few));
    figures(
        "  of them to the disk", ours.toDisk() / (20.0 * seconds), theirs.toDisk() / (20.0 * few));
  }

  private void reads() throws Exception {
    try (MemoryStore store = open("size.sqlite");
        PythonReadings theirs = PythonReadings.open(folder.resolve("size-python.sqlite"))) {
      ReadingHistory history = store.readings();
      Instant to = START.plus(Duration.ofDays(1));
      figures(
          "ms, 24 h of a source (8,640 readings), median",
          median(() -> history.range(ROOM, START, to, Integer.MAX_VALUE).size()),
          median(() -> theirs.count(ROOM.toString(), START, to)));
      figure(
          "ms, its statistics",
          median(() -> history.statistics(ROOM, START, to).orElseThrow().count()));
      figure(
          "ms, 300 points of its whole course",
          median(
              () -> history.downsampled(ROOM, START, Instant.MAX, 300, Downsampling.LTTB).size()));
    }
    try (MemoryStore store = open("latest.sqlite");
        PythonReadings theirs = PythonReadings.open(folder.resolve("latest-python.sqlite"))) {
      for (int second = 0; second < 200; second++) {
        List<Reading> some = second(50, second, new Random(second));
        store.readings().append(some);
        theirs.addTogether(some.iterator());
      }
      figures(
          "ms, latest of 50 sources, median",
          median(() -> store.readings().latest().size()),
          median(() -> theirs.latest()));
    }
  }

  /** Something that is read, and how much of it there was. */
  private interface Work {
    int run() throws Exception;
  }

  private double median(Work work) throws Exception {
    int rounds = 20 + 3 * scale;
    long sum = 0;
    long[] nanos = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      sum += work.run();
      nanos[i] = System.nanoTime() - start;
    }
    if (sum == 0) {
      throw new IllegalStateException("Nothing was read");
    }
    return LongStream.of(nanos).sorted().skip(rounds / 2).findFirst().orElse(0) / 1e6;
  }

  /** Fifty sources, every ten seconds, into an empty file. */
  private void load() throws Exception {
    int count = 100_000 * scale;
    Random random = new Random(3);
    long start = System.nanoTime();
    try (MemoryStore store = open("load.sqlite")) {
      store
          .readings()
          .load(
              IntStream.range(0, count)
                  .mapToObj(
                      i ->
                          Reading.of(
                              "bench:" + i % 50,
                              random.nextInt(400) / 10.0,
                              "celsius",
                              START.plusSeconds(i / 50 * 10L)))
                  .iterator());
      if (store.readings().count() != count) {
        throw new IllegalStateException("Not all were loaded");
      }
    }
    figure("seconds, bulk load of " + count + " readings", (System.nanoTime() - start) / 1e9);
    figure(
        "  bytes on disk per reading", (double) Files.size(folder.resolve("load.sqlite")) / count);
  }
}
