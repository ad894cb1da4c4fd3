package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures appends, reads and verification: {@code JournalBenchmark [folder]}. */
final class JournalBenchmark {
  private static final int ENTRIES = 8_000;
  private static final String PAYLOAD = "{\"text\":\"" + "x".repeat(300) + "\"}";

  private JournalBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path base = args.length > 0 ? Path.of(args[0]) : Path.of("target");
    PrintStream out = System.out;
    for (int threads : new int[] {1, 1, 4, 1, 4, 16}) {
      Path folder = Files.createTempDirectory(base, "bench");
      try (SqliteJournal journal = Setups.open(folder)) {
        report(out, "appends, " + threads + " threads", timed(() -> append(journal, threads)));
        if (threads == 4) {
          report(out, "read", timed(() -> journal.above(Frontier.EMPTY, ENTRIES)));
          report(out, "verify", timed(journal::verify));
        }
      }
      out.printf("bytes per entry %d%n", Files.size(Setups.database(folder)) / ENTRIES);
    }
  }

  private static void append(SqliteJournal journal, int threads) {
    List<Thread> writers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < ENTRIES / threads; i++) {
                  journal.append(ChainId.KNOWLEDGE, "obs.add", PAYLOAD);
                }
              });
      writer.start();
      writers.add(writer);
    }
    for (Thread writer : writers) {
      try {
        writer.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static long timed(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  private static void report(PrintStream out, String what, long nanos) {
    out.printf("%-22s %,10.0f entries/s%n", what, ENTRIES / (nanos / 1e9));
  }
}
