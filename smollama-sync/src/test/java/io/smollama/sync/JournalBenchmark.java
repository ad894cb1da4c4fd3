package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.ClockQuality;
import io.smollama.core.EntryId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalPage;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures appends, reads, verification, what peers bring, and the size of the file: {@code
 * JournalBenchmark [folder [entries of a bulk]]}.
 */
final class JournalBenchmark {
  private static final int SINGLE = 8_000;
  private static final int BATCH = 1_000;
  private static final int ROUNDS = 3;
  private static final int TEXT = 300;

  private final Path base;
  private final int bulk;
  private final PrintStream out;

  private JournalBenchmark(Path base, int bulk, PrintStream out) {
    this.base = base;
    this.bulk = bulk;
    this.out = out;
  }

  public static void main(String[] args) throws Exception {
    Path base = args.length > 0 ? Path.of(args[0]) : Path.of("target");
    int bulk = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
    JournalBenchmark benchmark = new JournalBenchmark(base, bulk, System.out);
    for (int round = 1; round <= ROUNDS; round++) {
      System.out.println("round " + round);
      for (int threads : new int[] {1, 4, 16}) {
        benchmark.singles(threads);
      }
      benchmark.batches();
      benchmark.merge(1);
      benchmark.merge(100);
    }
    for (int length :
        new int[] {20, 100, 300, 1_000, 1_300, 2_000, 2_500, 3_000, 3_500, 6_000, 30_000}) {
      benchmark.size(length);
    }
  }

  private static String payload(int length) {
    return "{\"text\":\"" + "x".repeat(Math.max(0, length - 11)) + "\"}";
  }

  private void singles(int threads) throws Exception {
    Path folder = Files.createTempDirectory(base, "bench");
    try (SqliteJournal journal = Setups.open(folder)) {
      report(
          "appends, one by one, %d threads".formatted(threads),
          SINGLE,
          Spent.on(() -> append(journal, threads)));
    }
  }

  private static void append(SqliteJournal journal, int threads) {
    String payload = payload(TEXT);
    List<Thread> writers = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread writer =
          new Thread(
              () -> {
                for (int i = 0; i < SINGLE / threads; i++) {
                  journal.append(ChainId.KNOWLEDGE, "obs.add", payload);
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

  private void batches() throws Exception {
    Path folder = Files.createTempDirectory(base, "bench");
    List<NewEntry> batch = Collections.nCopies(BATCH, new NewEntry("obs.add", payload(TEXT)));
    try (SqliteJournal journal = Setups.open(folder)) {
      report(
          "appends, 1,000 at a time",
          bulk,
          Spent.on(
              () -> {
                for (int i = 0; i < bulk / BATCH; i++) {
                  journal.appendAll(ChainId.KNOWLEDGE, batch);
                }
              }));
      report("reads", bulk, Spent.on(() -> readAll(journal)));
      report("verify", bulk, Spent.on(journal::verify));
    }
  }

  private static void readAll(SqliteJournal journal) {
    JournalPage page = journal.above(Frontier.EMPTY, BATCH);
    while (!page.isEmpty()) {
      page = journal.above(page.frontier(), BATCH);
    }
  }

  /** What peers bring is hashed as it is read from a message, then taken in. */
  private void merge(int chains) throws Exception {
    Path folder = Files.createTempDirectory(base, "bench");
    List<List<Received>> messages = messages(chains);
    try (SqliteJournal journal = Setups.open(folder)) {
      Spent[] hashing = {Spent.NOTHING};
      Spent spent =
          Spent.on(
              () -> {
                for (List<Received> message : messages) {
                  List<Run> runs = new ArrayList<>();
                  hashing[0] = hashing[0].plus(Spent.on(() -> runs.addAll(read(message))));
                  if (!journal.replica().takeIn(runs, Long.MAX_VALUE).stream()
                      .allMatch(Verdict.Ok.class::isInstance)) {
                    throw new IllegalStateException("A run was not taken in");
                  }
                }
              });
      report("merge of %d chains, hashing included".formatted(chains), bulk, spent);
      report("  without hashing", bulk, spent.minus(hashing[0]));
    }
  }

  private record Received(EntryHeader header, byte[] payload) {}

  private static List<Run> read(List<Received> message) {
    List<Run> runs = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (Received received : message) {
      if (!entries.isEmpty() && !entries.get(0).header().chain().equals(received.header.chain())) {
        runs.add(Run.of(entries));
        entries.clear();
      }
      entries.add(Entry.of(received.header, received.payload));
    }
    runs.add(Run.of(entries));
    return runs;
  }

  /** Messages as large as they may be; each goes on with some of the chains. */
  private List<List<Received>> messages(int chains) {
    Point[] heads = new Point[chains];
    byte[] payload = payload(TEXT).getBytes(StandardCharsets.UTF_8);
    PayloadHash hash = PayloadHash.of(payload);
    int most = Limits.MESSAGE_BYTES / (TEXT + Limits.ENTRY_OVERHEAD);
    int run = Math.max(1, most / chains);
    List<List<Received>> messages = new ArrayList<>(List.of(new ArrayList<>()));
    for (int i = 0; i < bulk; i++) {
      int chain = i / run % chains;
      Point head = heads[chain] == null ? Point.START : heads[chain];
      EntryHeader header = header(Lines.chain(chain + 2L), head, i + 1L, hash);
      heads[chain] = new Point(head.seq() + 1, EntryLayout.idOf(header));
      if (messages.get(messages.size() - 1).size() + 1 > run * chains) {
        messages.add(new ArrayList<>());
      }
      messages.get(messages.size() - 1).add(new Received(header, payload));
    }
    return messages;
  }

  private static EntryHeader header(ChainId chain, Point before, long lamport, PayloadHash hash) {
    EntryId prev = before.id();
    return new EntryHeader(
        EntryHeader.VERSION,
        chain,
        before.seq() + 1,
        prev,
        lamport,
        7,
        123_456_789L + lamport,
        java.util.Optional.of(java.time.Instant.ofEpochMilli(1_780_000_000_000L + lamport)),
        ClockQuality.NTP,
        "obs.add",
        0,
        hash);
  }

  /** How large the file is when it is closed, and then with ten times the entries. */
  private void size(int length) throws Exception {
    for (int entries : new int[] {1_000, 10_000}) {
      Path folder = Files.createTempDirectory(base, "bench");
      List<NewEntry> batch =
          IntStream.range(0, 100).mapToObj(i -> new NewEntry("obs.add", payload(length))).toList();
      try (SqliteJournal journal = Setups.open(folder)) {
        for (int i = 0; i < entries / batch.size(); i++) {
          journal.appendAll(ChainId.KNOWLEDGE, batch);
        }
      }
      double each = (double) Files.size(Setups.database(folder)) / entries;
      out.printf(
          "%,6d entries of %,6d B: %,8.0f B each on disk, %.2f x payload + 200 B; target 1.3 x%n",
          entries, length, each, (each - 200) / length);
    }
  }

  private void report(String what, int entries, Spent spent) {
    out.printf(
        "%-42s %,10.0f entries/s %8.1f us of CPU each%n",
        what, entries / (spent.nanos() / 1e9), spent.cpuNanos() / 1e3 / entries);
  }
}
