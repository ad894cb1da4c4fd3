package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.testkit.InMemoryJournal;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The history when there are many readings: sealed, late, rolled up, let go. */
class ReadingChunksTest {
  private static final SourceId HALL = SourceId.parse("mqtt:hall/temperature");
  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private final Instant start = clock.instant();
  private MemoryStore store;
  private ReadingHistory history;

  @BeforeEach
  void open() {
    store =
        MemoryStore.open(
            file(),
            new InMemoryJournal(clock),
            Optional.empty(),
            clock,
            new MemoryStore.Settings("pi", MemoryConfig.defaults()));
    history = store.readings();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Path file() {
    return folder.resolve("memory.sqlite");
  }

  private Reading at(long second, double value, String unit) {
    return Reading.of(HALL.toString(), value, unit, start.plusSeconds(second));
  }

  private Reading at(long second, double value) {
    return at(second, value, "celsius");
  }

  private List<Reading> all() {
    return history.range(HALL, Instant.MIN, Instant.MAX, Integer.MAX_VALUE);
  }

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
  void whatWaitsForAFullDiskIsBoundedAndCounted() throws Exception {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      other
          .createStatement()
          .executeUpdate(
              "CREATE TRIGGER full BEFORE INSERT ON staged"
                  + " BEGIN SELECT RAISE(ABORT, 'no room'); END");
      List<Reading> many = new ArrayList<>();
      for (int i = 0; i < StagedReadings.MOST_WAITING + 5; i++) {
        many.add(at(i, i));
      }
      history.append(many);
      assertThatThrownBy(history::flush).hasMessageContaining("no room");
      assertThat(history.dropped()).isEqualTo(5);
      other.createStatement().executeUpdate("DROP TRIGGER full");
    }
    history.flush();
    assertThat(history.count()).isEqualTo(StagedReadings.MOST_WAITING);
    assertThat(all().get(0).value().text()).isEqualTo("5");
  }

  @Test
  void aDamagedChunkIsNamedAndDoesNotStopTheNode() throws Exception {
    history.appendNow(List.of(at(0, 1), at(1, 2)));
    history.prune(Instant.EPOCH); // seals
    store.close();
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file())) {
      other.createStatement().executeUpdate("UPDATE chunk SET readings = zeroblob(9)");
    }
    open();
    assertThatThrownBy(this::all)
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("chunk 1 of the readings is damaged");
  }

  @Test
  void aFileOfVersionOneLosesNothing() throws Exception {
    Path old = folder.resolve("old.sqlite");
    try (Connection made = DriverManager.getConnection("jdbc:sqlite:" + old);
        var statement = made.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
      for (List<String> tables : List.of(HistoryTables.VERSION_1, KnowledgeTables.VERSION_1)) {
        for (String sql : tables) {
          statement.executeUpdate(sql);
        }
      }
      statement.executeUpdate("INSERT INTO meta VALUES ('readings', '5004')");
      statement.executeUpdate(
          "INSERT INTO source VALUES (1, 'mqtt', 'hall/temperature', 'celsius', '{\"room\":\"hall\"}'),"
              + " (2, 'gpio', '17', 'bool', '{}')");
      statement.executeUpdate(
          "INSERT INTO reading WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n"
              + " WHERE i < 4999) SELECT 1, i * 1000, 0, i / 10.0 FROM n");
      statement.executeUpdate(
          "INSERT INTO reading VALUES (2, 5, 1, 1), (2, 6, 2, '54'), (2, 7, 0, NULL),"
              + " (2, 8, 3, '[1]')");
      statement.executeUpdate("PRAGMA application_id = " + 0x536D4D65);
      statement.executeUpdate("PRAGMA user_version = 1");
    }
    try (MemoryStore opened =
        MemoryStore.open(
            old,
            new InMemoryJournal(clock),
            Optional.empty(),
            clock,
            new MemoryStore.Settings("pi", MemoryConfig.defaults()))) {
      ReadingHistory kept = opened.readings();
      assertThat(kept.count()).isEqualTo(5_004);
      List<Reading> hall = kept.range(HALL, Instant.EPOCH, FAR, Integer.MAX_VALUE);
      assertThat(hall).hasSize(5_000);
      for (int i = 0; i < 5_000; i++) {
        assertThat(hall.get(i))
            .isEqualTo(
                new Reading(
                    HALL,
                    new ReadingValue.Quantity(i / 10.0),
                    "celsius",
                    Instant.ofEpochSecond(i),
                    Map.of("room", "hall")));
      }
      assertThat(kept.range(SourceId.parse("gpio:17"), Instant.EPOCH, FAR, 9))
          .extracting(Reading::value)
          .containsExactly(
              new ReadingValue.Flag(true),
              new ReadingValue.Text("54"),
              new ReadingValue.Quantity(Double.NaN),
              new ReadingValue.Json("[1]"));
    }
    assertThat(SqliteFile.check(old)).isEmpty();
  }

  @Nested
  class Windows {
    private void say(long second, ReadingValue value) {
      history.append(List.of(new Reading(HALL, value, "", start.plusSeconds(second), Map.of())));
    }

    @Test
    void tellHowLongEachStateLastedWithTheOneFromBefore() {
      say(-100, new ReadingValue.Flag(true));
      say(10, new ReadingValue.Flag(false));
      say(40, new ReadingValue.Flag(true));
      assertThat(history.window(HALL, start, start.plusSeconds(60)).timeInState())
          .containsExactly(
              Map.entry(new ReadingValue.Flag(true), Duration.ofSeconds(30)),
              Map.entry(new ReadingValue.Flag(false), Duration.ofSeconds(30)));
      assertThat(history.window(HALL, start.plusSeconds(50), FAR).timeInState()).hasSize(1);
    }

    @Test
    void tellWhenALevelWasCrossed() {
      double[] values = {5, 7, 8, Double.NaN, 3, 9};
      for (int i = 0; i < values.length; i++) {
        say(i * 10L, new ReadingValue.Quantity(values[i]));
      }
      ReadingWindow whole = history.window(HALL, start, FAR);
      assertThat(whole.firstCrossing(6, Crossing.UP).orElseThrow().time())
          .isEqualTo(start.plusSeconds(10));
      assertThat(whole.firstCrossing(6, Crossing.DOWN).orElseThrow().time())
          .isEqualTo(start.plusSeconds(40));
      assertThat(whole.firstCrossing(8, Crossing.UP).orElseThrow().time())
          .isEqualTo(start.plusSeconds(50));
      assertThat(whole.firstCrossing(100, Crossing.EITHER)).isEmpty();
      ReadingWindow late = history.window(HALL, start.plusSeconds(45), FAR);
      assertThat(late.firstCrossing(6, Crossing.EITHER).orElseThrow().time())
          .isEqualTo(start.plusSeconds(50));
    }

    @Test
    void tellWhereNothingWasSaid() {
      say(10, new ReadingValue.Quantity(1));
      say(20, new ReadingValue.Quantity(1));
      say(90, new ReadingValue.Quantity(1));
      assertThat(history.window(HALL, start, start.plusSeconds(200)).gaps(Duration.ofSeconds(30)))
          .containsExactly(
              new Gap(start.plusSeconds(20), start.plusSeconds(90)),
              new Gap(start.plusSeconds(90), start.plusSeconds(200)));
      assertThat(history.window(SourceId.parse("no:body"), start, FAR).gaps(Duration.ofDays(1)))
          .containsExactly(new Gap(start, FAR));
    }

    @Test
    void keepPeaksWhenReducedToBands() {
      List<Reading> some = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        some.add(at(i, i == 7_777 ? 500 : Math.sin(i / 300.0)));
      }
      history.load(some.iterator());
      List<SeriesPoint> band = history.downsampled(HALL, start, FAR, 100, Downsampling.MIN_MAX);
      assertThat(band).hasSize(100);
      assertThat(band.stream().mapToDouble(SeriesPoint::max).max()).hasValue(500);
      assertThat(band.stream().mapToLong(SeriesPoint::count).sum()).isEqualTo(10_000);
      List<SeriesPoint> line = history.downsampled(HALL, start, FAR, 100, Downsampling.LTTB);
      assertThat(line).hasSize(100).anyMatch(point -> point.value() == 500);
      assertThat(line.get(0).time()).isEqualTo(start);
      assertThat(line.get(99).time()).isEqualTo(start.plusSeconds(9_999));
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
