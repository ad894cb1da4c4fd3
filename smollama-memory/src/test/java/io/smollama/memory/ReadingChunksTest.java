package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The history when there are many readings: sealed, late, rolled up, let go. */
class ReadingChunksTest extends HistoryFixture {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whateverTheOrderReadsGiveWhatWasWrittenLast(long seed) {
    Random random = new Random(seed);
    Map<Instant, Reading> model = new TreeMap<>();
    for (int round = 0; round < 60; round++) {
      List<Reading> some = new ArrayList<>();
      long base = random.nextInt(4) == 0 ? random.nextInt(40_000) : round * 600L;
      int count = random.nextInt(700);
      for (int i = 0; i < count; i++) {
        String unit = random.nextInt(600) == 0 ? "fahrenheit" : "celsius";
        some.add(at(base + random.nextInt(700), random.nextInt(500) / 10.0, unit));
      }
      some.forEach(reading -> model.put(reading.time(), reading));
      if (random.nextInt(5) == 0) {
        history.load(some.iterator());
      } else {
        history.append(some);
      }
      clock.advance(Duration.ofSeconds(random.nextInt(20)));
      if (random.nextInt(10) == 0) {
        store.close();
        open();
      }
    }
    assertThat(all()).as("seed " + seed).containsExactlyElementsOf(model.values());
    assertThat(history.prune(Instant.EPOCH)).isZero();
    assertThat(history.count()).isEqualTo(model.size());
    assertThat(all()).containsExactlyElementsOf(model.values());
    rollupsAre(model.values().stream().toList());
  }

  /** The days of the rollups, from five-minute windows through hours, against a plain sum. */
  private void rollupsAre(List<Reading> expected) {
    Map<Instant, List<Double>> days = new TreeMap<>();
    for (Reading reading : expected) {
      Instant day =
          Instant.ofEpochMilli(RollupLevel.DAYS.windowStart(reading.time().toEpochMilli()));
      days.computeIfAbsent(day, d -> new ArrayList<>())
          .add(reading.value().asNumber().orElseThrow());
    }
    history.prune(FAR); // only the latest is left raw
    List<SeriesPoint> points =
        history.downsampled(
            HALL,
            start.minus(Duration.ofDays(3)),
            start.plus(Duration.ofDays(9)),
            2_000,
            Downsampling.MIN_MAX);
    long counted = points.stream().mapToLong(SeriesPoint::count).sum();
    List<Double> all = new ArrayList<>();
    days.values().forEach(all::addAll);
    // the window in which the latest reading lies is told by that reading alone
    assertThat(counted).isLessThanOrEqualTo(all.size()).isGreaterThan(all.size() - 301L);
    NavigableRollups rollups = new NavigableRollups();
    for (RollupLevel level : RollupLevel.values()) {
      assertThat(rollups.count(level)).as(level.name()).isEqualTo(all.size());
      assertThat(rollups.sum(level))
          .isCloseTo(all.stream().mapToDouble(d -> d).sum(), within(1e-6));
      assertThat(rollups.min(level)).isEqualTo(Collections.min(all));
      assertThat(rollups.last(level)).isEqualTo(all.get(all.size() - 1));
      assertThat(rollups.first(level)).isEqualTo(all.get(0));
    }
  }

  /** The rollups as the file has them. */
  private final class NavigableRollups {
    private List<Rollup> windows(RollupLevel level) {
      try (Database database = Database.openReadOnly(file())) {
        return database.read(
            c -> List.copyOf(RollupTable.windows(c, 1, level, 0, FAR.toEpochMilli()).values()));
      }
    }

    long count(RollupLevel level) {
      return windows(level).stream().mapToLong(Rollup::count).sum();
    }

    double sum(RollupLevel level) {
      return windows(level).stream().mapToDouble(Rollup::sum).sum();
    }

    double min(RollupLevel level) {
      return windows(level).stream().mapToDouble(Rollup::min).min().orElseThrow();
    }

    double first(RollupLevel level) {
      return windows(level).get(0).first();
    }

    double last(RollupLevel level) {
      List<Rollup> windows = windows(level);
      return windows.get(windows.size() - 1).last();
    }
  }

  @Test
  void aChangeOfTheUnitLeavesOldReadingsTheirs() {
    history.append(List.of(at(0, 70, "fahrenheit"), at(10, 21, "celsius")));
    history.prune(Instant.EPOCH); // seals
    store.close();
    open();
    assertThat(all()).extracting(Reading::unit).containsExactly("fahrenheit", "celsius");
  }

  @Test
  void loadingTheSameAgainChangesNothing() {
    List<Reading> some = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      some.add(at(10 * i, i % 7));
    }
    assertThat(history.load(some.iterator())).isEqualTo(new LoadReport(5_000, 0, 0));
    assertThat(history.load(some.iterator())).isEqualTo(new LoadReport(0, 0, 5_000));
    some.set(3, at(30, 99));
    assertThat(history.load(some.iterator())).isEqualTo(new LoadReport(0, 1, 4_999));
    assertThat(history.count()).isEqualTo(5_000);
    assertThat(all().get(3).value().text()).isEqualTo("99");
  }

  @Test
  void retentionLetsGoOfWholeChunksPerSourceAndKeepsTheLatest() {
    List<Reading> some = new ArrayList<>();
    for (int hour = 0; hour < 24 * 100; hour++) {
      Instant time = start.plus(Duration.ofHours(hour));
      some.add(Reading.of("system:cpu_temp", hour, "celsius", time));
      some.add(Reading.of("mqtt:freezer", hour, "celsius", time));
    }
    history.load(some.iterator());
    clock.advance(Duration.ofDays(5_000));
    HistoryRetention forSome =
        new HistoryRetention(
            List.of(new HistoryRetention.SourceRetention("mqtt:*", Duration.ofDays(9_000))),
            Duration.ofDays(4_000),
            Duration.ofDays(9_000),
            Duration.ofDays(9_000));
    MemoryConfig d = MemoryConfig.defaults();
    long gone =
        history.retain(
            new MemoryConfig(
                d.dbPath(),
                d.embeddingProvider(),
                d.embeddingModel(),
                d.embeddingDimensions(),
                d.embeddingUnloadAfter(),
                d.commitInterval(),
                d.observationEnabled(),
                d.observationInterval(),
                d.observationLookback(),
                d.sensorLogRetention(),
                d.minFreeMegabytes(),
                forSome));
    assertThat(gone).isEqualTo(2_399);
    assertThat(history.count()).isEqualTo(2_401);
    assertThat(history.latest(SourceId.parse("system:cpu_temp")).orElseThrow().value().text())
        .isEqualTo("2399");
    List<SeriesPoint> told =
        history.downsampled(
            SourceId.parse("system:cpu_temp"),
            start,
            start.plus(Duration.ofDays(99)),
            10_000,
            Downsampling.LTTB);
    assertThat(told)
        .hasSize(99 * 24)
        .allMatch(point -> point.resolution().equals(Duration.ofHours(1)));
    assertThat(told.get(10).value()).isEqualTo(10);
  }

  @Test
  void aSecondProcessThatOnlyReadsSeesWhatIsStagedAndSealed() {
    try (Database other = Database.openReadOnly(file())) {
      ReadingHistory seen =
          new ReadingHistory(other, clock, Duration.ofDays(1), new FreeSpace(() -> -1, 0));
      seen.load();
      assertThat(seen.latest()).isEmpty();
      history.appendNow(List.of(at(0, 1), at(1, 2)));
      assertThat(seen.latest(HALL).orElseThrow().value().text()).isEqualTo("2");
      history.prune(Instant.EPOCH); // seals
      history.appendNow(List.of(at(2, 3)));
      assertThat(seen.range(HALL, start, FAR, 9)).hasSize(3);
      assertThat(seen.count()).isEqualTo(3);
      assertThatThrownBy(() -> seen.appendNow(List.of(at(3, 4))))
          .hasMessageContaining("reading only");
    }
  }

  @Test
  void exportGivesEachSourceInOrder() {
    List<Reading> some = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      some.add(at(i, i));
      some.add(Reading.of("gpio:17", i % 2 == 0, start.plusSeconds(i)));
    }
    history.load(some.iterator());
    history.append(List.of(at(6_000, 1), at(-50, 2)));
    List<Reading> out = new ArrayList<>();
    history.forEach(source -> source.type().equals("mqtt"), Instant.MIN, Instant.MAX, out::add);
    assertThat(out).isEqualTo(all()).hasSize(6_002);
    List<Reading> part = new ArrayList<>();
    history.forEach(
        SourcePattern.of("*17"), start.plusSeconds(100), start.plusSeconds(5_000), part::add);
    assertThat(part).hasSize(4_900);
  }
}
