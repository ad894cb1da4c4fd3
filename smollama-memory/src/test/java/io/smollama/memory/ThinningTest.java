package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThinningTest {
  private static final Duration COMMIT = Duration.ofSeconds(10);
  private static final SourceId HALL = SourceId.parse("dht:hall");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final AtomicLong free = new AtomicLong(1_000_000_000);

  private void measure(ReadingHistory history, int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Duration.ofSeconds(1));
      history.append(List.of(Reading.of("dht:hall", i, "celsius", clock.instant())));
    }
  }

  @Test
  void oneReadingInFiveMinutesIsKeptWhileTheDiskIsShortOfRoomAndAllAreAfterwards() {
    Instant start = clock.instant();
    try (Database database = Database.open(folder.resolve("memory.sqlite"))) {
      ReadingHistory history =
          new ReadingHistory(database, clock, COMMIT, new FreeSpace(free::get, 100_000_000));
      history.load();
      measure(history, 60);
      free.set(50_000_000);
      measure(history, 1800);
      assertThat(history.warning()).contains("less than 100 MB");
      assertThat(history.latest(HALL))
          .hasValueSatisfying(latest -> assertThat(latest.time()).isEqualTo(clock.instant()));
      free.set(1_000_000_000);
      measure(history, 60);
      assertThat(history.warning()).isEmpty();
      int kept = history.range(HALL, start, clock.instant().plusSeconds(1), 10_000).size();
      assertThat(kept).isBetween(60 + 6 + 50, 60 + 10 + 7 + 60);
      assertThat(history.dropped()).isEqualTo(1920 - kept);
    }
  }
}
