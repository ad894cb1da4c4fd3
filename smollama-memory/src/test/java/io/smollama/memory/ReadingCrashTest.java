package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after the process was killed, whenever that was. */
class ReadingCrashTest {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final int SOURCES = 20;

  /** Appends and acknowledges until it is killed; goes on where the killed one ended. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) {
      ManualClock clock = new ManualClock();
      MemoryStore store = MemoryStore.open(Path.of(arguments[0]), new WordEmbeddings(8), clock);
      long next = store.readings().latest(source(0)).map(r -> second(r) + 1).orElse(0L);
      while (true) {
        List<Reading> some = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
          for (int s = 0; s < SOURCES; s++) {
            some.add(reading(s, next));
          }
          next++;
        }
        store.readings().appendNow(some);
        System.out.println(next + ";");
      }
    }
  }

  private static SourceId source(int number) {
    return SourceId.parse("crash:" + number);
  }

  private static long second(Reading reading) {
    return Duration.between(START, reading.time()).toSeconds();
  }

  private static Reading reading(int source, long second) {
    double value = (second * 7 + source) % 300 / 10.0;
    return Reading.of(source(source).toString(), value, "celsius", START.plusSeconds(second));
  }

  @Test
  void everyAcknowledgedReadingIsThere(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("memory.sqlite");
    CrashRounds rounds = new CrashRounds(42);
    for (int round = 0; round < CrashRounds.ROUNDS; round++) {
      List<String> said = rounds.run(120, Writer.class, file.toString());
      long acknowledged = Long.parseLong(said.get(said.size() - 1).replace(";", ""));
      try (MemoryStore store = MemoryStore.open(file, new WordEmbeddings(8), new ManualClock())) {
        for (int s = 0; s < SOURCES; s++) {
          List<Reading> kept =
              store.readings().range(source(s), START, Instant.MAX, Integer.MAX_VALUE);
          assertThat(kept)
              .as("round %d, source %d", round, s)
              .hasSizeGreaterThanOrEqualTo((int) acknowledged);
          for (int second = 0; second < kept.size(); second++) {
            if (!kept.get(second).equals(reading(s, second))) {
              assertThat(kept.get(second)).as("round " + round).isEqualTo(reading(s, second));
            }
          }
        }
      }
      assertThat(SqliteFile.check(file)).as("round " + round).isEmpty();
    }
  }
}
