package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import io.smollama.core.Reading;
import io.smollama.core.ReplicaId;
import io.smollama.core.SourceId;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The memories of a kitchen and of a server, and what brings entries from one to the other. */
abstract class TwoNodesFixture {
  static final SourceId TEMPERATURE = SourceId.parse("i2c:temperature");
  static final SourceId OF_KITCHEN = SourceId.parse("node:kitchen/i2c:temperature");
  static final Duration EVERY = Duration.ofSeconds(10);

  @TempDir Path folder;
  final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
  final Instant start = clock.instant();
  final InMemoryJournal kitchenLog = new InMemoryJournal(new ReplicaId("aa".repeat(16)), clock);
  final InMemoryJournal serverLog = new InMemoryJournal(new ReplicaId("bb".repeat(16)), clock);
  MemoryStore kitchen;
  MemoryStore server;

  @BeforeEach
  void open() {
    kitchen = open("kitchen", kitchenLog);
    server = open("server", serverLog);
  }

  @AfterEach
  void close() {
    kitchen.close();
    server.close();
  }

  Path file(String node) {
    return folder.resolve(node + ".sqlite");
  }

  MemoryStore open(String node, Journal journal) {
    return MemoryStore.open(
        file(node),
        journal,
        Optional.empty(),
        clock,
        new MemoryStore.Settings(node, MemoryConfig.defaults()));
  }

  /** The kitchen measures for so long, and it becomes warmer by a tenth each time. */
  void measure(Duration howLong) {
    for (Instant end = clock.instant().plus(howLong); clock.instant().isBefore(end); ) {
      kitchen.readings().append(List.of(at(clock.instant())));
      clock.advance(EVERY);
    }
  }

  Reading at(Instant time) {
    double value = Math.round(Duration.between(start, time).toSeconds() / 10.0 + 200) / 10.0;
    return Reading.of(TEMPERATURE.toString(), value, "celsius", time);
  }

  /** The server takes what the kitchen wrote to these streams. */
  void meet(int... streams) {
    for (int stream : streams) {
      for (JournalEntry entry : kitchenLog.above(Frontier.EMPTY, 1_000).entries()) {
        if (entry.chain().stream() == stream) {
          serverLog.take(entry);
        }
      }
      server.catchUp();
    }
  }

  void meet() {
    meet(ChainId.CONTROL, ChainId.KNOWLEDGE, ChainId.ROLLUPS, ChainId.READINGS);
  }

  static List<Reading> all(MemoryStore store, SourceId source) {
    return store.readings().range(source, Instant.MIN, Instant.MAX, Integer.MAX_VALUE);
  }
}
