package io.smollama.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Reading;
import io.smollama.memory.MemoryConfig;
import io.smollama.memory.MemoryStore;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chart is as wide as a day: 12 for an hour. */
class ChartPathsTest {
  private static final double HOUR = ChartPaths.WIDTH / 24.0;

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private MemoryStore store;

  @BeforeEach
  void open() {
    store =
        MemoryStore.open(
            folder.resolve("memory.sqlite"),
            new InMemoryJournal(clock),
            Optional.empty(),
            clock,
            new MemoryStore.Settings("pi", MemoryConfig.defaults()));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 60, 600})
  void aGapOfHoursIsLeftOpen(int everySeconds) {
    measure(Duration.ofHours(24), Duration.ofHours(10), everySeconds);
    measure(Duration.ofHours(5), Duration.ZERO, everySeconds);
    List<List<Double>> pieces = pieces();
    assertThat(pieces).hasSize(2);
    assertThat(last(pieces.get(0))).isCloseTo(14 * HOUR, within(HOUR / 4));
    assertThat(pieces.get(1).get(0)).isCloseTo(19 * HOUR, within(HOUR / 4));
  }

  @Test
  void whatIsMeasuredNowAndThenIsOneLine() {
    measure(Duration.ofHours(24), Duration.ZERO, 3_600);
    assertThat(pieces()).hasSize(1);
  }

  private static double last(List<Double> piece) {
    return piece.get(piece.size() - 1);
  }

  private void measure(Duration fromAgo, Duration toAgo, int everySeconds) {
    List<Reading> readings = new ArrayList<>();
    Instant end = clock.instant().minus(toAgo);
    for (Instant time = clock.instant().minus(fromAgo);
        time.isBefore(end);
        time = time.plusSeconds(everySeconds)) {
      double degrees = 20 + Math.sin(time.getEpochSecond() / 9_000.0);
      readings.add(Reading.of("mqtt:kitchen/temperature", degrees, "celsius", time));
    }
    store.readings().load(readings.iterator());
  }

  /** Of each piece of the line how far right its points are. */
  private List<List<Double>> pieces() {
    String line = DayChart.of(store.readings(), clock.instant()).get(0).drawing().line();
    return Stream.of(line.substring(1).split("M"))
        .map(
            piece ->
                Stream.of(piece.replace("h0", "").split("L"))
                    .map(point -> Double.valueOf(point.split(" ")[0]))
                    .toList())
        .toList();
  }
}
