package io.smollama.cli;

import io.smollama.core.EntryId;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.memory.Corrections;
import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import io.smollama.sync.ReplicaSetup;
import io.smollama.sync.SqliteJournal;
import io.smollama.testkit.WordEmbeddings;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Two memories at work until somebody kills the process: one with its journal in its own file, one
 * over a {@link SqliteJournal}. In each, readings are taken and sealed, facts and observations are
 * told and corrected, vectors are made, old observations summed up and backups written, all at
 * once. A line is printed for whatever was promised to last.
 */
final class CrashWriter {
  static final int SOURCES = 3;
  static final int SECONDS = 200;
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  /** The memories, by the name of their folder. */
  static final List<String> LANES = List.of("alone", "journal");

  /** Told before the files are opened, so that opening can be interrupted as well. */
  static final String OPENING = "opening";

  private static final long PAUSE_NANOS = 100_000_000;

  private final String lane;
  private final Path folder;
  private final MemoryStore store;
  private final PrintStream out;

  private CrashWriter(String lane, Path folder, MemoryStore store, PrintStream out) {
    this.lane = lane;
    this.folder = folder;
    this.store = store;
    this.out = out;
  }

  /** Arguments: the folder, the number of the round, and anything for a short run that ends. */
  public static void main(String[] arguments) throws InterruptedException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(OPENING);
    int round = Integer.parseInt(arguments[1]);
    boolean ends = arguments.length > 2;
    List<Thread> threads = new ArrayList<>();
    for (String lane : LANES) {
      Path folder = Path.of(arguments[0]).resolve(lane);
      CrashWriter writer = new CrashWriter(lane, folder, open(folder, journal(lane, folder)), out);
      threads.add(new Thread(() -> writer.knowledge(round * 10_000, ends ? 3 : 10_000)));
      threads.add(new Thread(() -> writer.readings(ends ? 8 : Integer.MAX_VALUE)));
      threads.add(new Thread(() -> writer.care(ends ? 1 : Integer.MAX_VALUE)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    System.exit(0);
  }

  static Optional<SqliteJournal> journal(String lane, Path folder) {
    return lane.equals("alone")
        ? Optional.empty()
        : Optional.of(
            SqliteJournal.open(folder.resolve("journal.sqlite"), ReplicaSetup.ofThisMachine(lane)));
  }

  static MemoryStore open(Path folder, Optional<SqliteJournal> journal) {
    Path file = folder.resolve("memory.sqlite");
    WordEmbeddings embedder = new WordEmbeddings(8);
    InstantSource clock = InstantSource.system();
    return journal.isEmpty()
        ? MemoryStore.open(file, embedder, clock)
        : MemoryStore.open(
            file,
            journal.get(),
            Optional.of(embedder),
            clock,
            new MemoryStore.Settings("crash", MemoryConfig.defaults()));
  }

  private void promised(String what, Object number, Object detail) {
    out.println("%s %s %s %s;".formatted(lane, what, number, detail));
  }

  static String fact(int number) {
    return "Box %d stands on shelf %d".formatted(number, number % 7);
  }

  static String observation(int number) {
    return "Shelf %d shook for the %d. time".formatted(number % 7, number);
  }

  private void knowledge(int first, int count) {
    for (int number = first; number < first + count; number++) {
      EntryId id = store.remember(NewMemory.of(fact(number))).memory().id();
      promised("fact", number, id);
      Instant lastWeek = Instant.now().minus(Duration.ofDays(10));
      NewObservation noticed =
          NewObservation.of(observation(number), ObservationType.GENERAL, List.of());
      promised("observation", number, store.observe(noticed.noticedAt(lastWeek)).id());
      if (number % 3 == 0) {
        store.corrections().retract(id, Corrections.By.OPERATOR);
        promised("retracted", number, id);
      }
    }
  }

  static SourceId source(int number) {
    return SourceId.parse("crash:" + number);
  }

  static Reading reading(int source, long second) {
    double value = (second * 7 + source) % 300 / 10.0;
    return Reading.of(source(source).toString(), value, "celsius", START.plusSeconds(second));
  }

  private void readings(int batches) {
    long next =
        store
            .readings()
            .latest(source(0))
            .map(latest -> Duration.between(START, latest.time()).toSeconds() + 1)
            .orElse(0L);
    for (int batch = 0; batch < batches; batch++) {
      List<Reading> some = new ArrayList<>();
      for (int i = 0; i < SECONDS; i++) {
        for (int source = 0; source < SOURCES; source++) {
          some.add(reading(source, next));
        }
        next++;
      }
      store.readings().appendNow(some);
      promised("readings", next, "");
      LockSupport.parkNanos(PAUSE_NANOS); // facts shall have their share of the time
    }
  }

  private void care(int rounds) {
    for (int round = 0; round < rounds; round++) {
      store.upkeep().fillVectors(progress -> {});
      store.upkeep().backup(folder.resolve("backup.sqlite"));
      promised("backup", round, "");
      Instant thisWeek = Instant.now().minus(Duration.ofDays(2));
      store.upkeep().compact(thisWeek, digest -> Optional.empty());
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
