package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Reading;
import io.smollama.core.ReplicaId;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Measures what sharing readings costs: 20 sources of tenths every 10 s for a day, shared four
 * times an hour, and taken by another node. {@code main [folder]}: the folder should lie on a real
 * disk.
 */
public final class ShareBenchmark {
  private static final int SOURCES = 20;
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int ROUNDS = 96;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T00:00:00Z"));
  private final InMemoryJournal log = new InMemoryJournal(new ReplicaId("aa".repeat(16)), clock);
  private final Random random = new Random(7);
  private final double[] values = IntStream.range(0, SOURCES).mapToDouble(i -> 20 + i).toArray();

  private ShareBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("bench");
    System.out.print(BenchmarkFigure.table(new ShareBenchmark().run(folder)));
  }

  private List<BenchmarkFigure> run(Path folder) throws IOException {
    Path here = folder.resolve("share-from.sqlite");
    Path there = folder.resolve("share-to.sqlite");
    long sharing = 0;
    try (MemoryStore node = open(here, "from", log)) {
      node.share().share(ReadingShare.Detail.ALL);
      for (int round = 0; round < ROUNDS; round++) {
        measure(node.readings());
        long begin = System.nanoTime();
        node.share().share(ReadingShare.Detail.ALL);
        sharing += System.nanoTime() - begin;
      }
    }
    List<BenchmarkFigure> figures = new ArrayList<>();
    double readings = 90.0 * SOURCES * ROUNDS;
    double sums = (double) SOURCES * ROUNDS;
    figure(
        figures, "payload bytes of sums, each source and quarter", bytes(ChainId.ROLLUPS) / sums);
    figure(figures, "payload bytes of batches, each reading", bytes(ChainId.READINGS) / readings);
    figure(figures, "ms to share a quarter of 20 sources", sharing / 1e6 / ROUNDS);
    InMemoryJournal server = new InMemoryJournal(new ReplicaId("bb".repeat(16)), clock);
    log.above(Frontier.EMPTY, Integer.MAX_VALUE).entries().forEach(server::take);
    long begin = System.nanoTime();
    try (MemoryStore taken = open(there, "to", server)) {
      double seconds = (System.nanoTime() - begin) / 1e9;
      figure(figures, "readings a second taken, with their sums", readings / seconds);
      figure(figures, "readings that arrived, of " + (long) readings, taken.readings().count());
    }
    Files.delete(here);
    Files.delete(there);
    return figures;
  }

  private static void figure(List<BenchmarkFigure> figures, String what, double value) {
    figures.add(new BenchmarkFigure(what, value, OptionalDouble.empty()));
  }

  private MemoryStore open(Path file, String node, InMemoryJournal journal) {
    return MemoryStore.open(
        file,
        journal,
        Optional.empty(),
        clock,
        new MemoryStore.Settings(node, MemoryConfig.defaults()));
  }

  /** A quarter of an hour; a tenth up or down in one of eight, some milliseconds late. */
  private void measure(ReadingHistory history) {
    for (int i = 0; i < 90; i++) {
      Instant time = clock.instant().plusMillis(random.nextInt(20));
      List<Reading> readings = new ArrayList<>();
      for (int source = 0; source < SOURCES; source++) {
        int move = random.nextInt(16);
        values[source] += move == 0 ? 0.1 : move == 1 ? -0.1 : 0;
        double tenths = Math.round(values[source] * 10) / 10.0;
        readings.add(Reading.of("i2c:temperature-" + source, tenths, "celsius", time));
      }
      history.append(readings);
      clock.advance(EVERY);
    }
  }

  private double bytes(int stream) {
    return log.above(Frontier.EMPTY, Integer.MAX_VALUE).entries().stream()
        .filter(entry -> entry.chain().stream() == stream)
        .mapToLong(entry -> entry.payload().getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }
}
