package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A worn card loses what it loses, and not the readings around it. */
class DamagedReadingsTest extends HistoryFixture {
  private static final int MANY = 5_000;

  @BeforeEach
  void fillAndDamage() throws Exception {
    clock.advance(Duration.ofDays(5));
    history.load(many());
    history.load(List.of(Reading.of("gpio:17", true, start)).iterator());
    reopenAfter("UPDATE chunk SET readings = zeroblob(9) WHERE id = 2");
  }

  private Iterator<Reading> many() {
    return IntStream.range(0, MANY).mapToObj(i -> at(60L * i, i)).iterator();
  }

  private void reopenAfter(String... damage) throws Exception {
    store.close();
    sql(damage);
    open();
  }

  private DamagedReadings damaged() {
    all(); // comes upon it
    assertThat(history.damaged()).hasSize(1);
    return history.damaged().get(0);
  }

  @Test
  void areLeftOutAndNamed() {
    DamagedReadings damaged = damaged();
    assertThat(damaged.source()).isEqualTo(HALL);
    assertThat(damaged.count()).isBetween(500L, 2_000L);
    assertThat(all())
        .hasSize(MANY - (int) damaged.count())
        .extracting(Reading::time)
        .noneMatch(time -> !time.isBefore(damaged.first()) && !time.isAfter(damaged.last()));
    assertThat(damaged.toString())
        .contains(" readings of mqtt:hall/temperature from " + damaged.first());
  }

  @Test
  void giveWayInAFileOfTheFourthVersion() throws Exception {
    reopenAfter(
        "DROP TABLE damaged_chunk",
        "DROP INDEX event_by_clock",
        "ALTER TABLE event DROP COLUMN boot",
        "ALTER TABLE event DROP COLUMN mono",
        "ALTER TABLE event DROP COLUMN quality",
        "PRAGMA user_version = 4");
    assertThat(history.load(many()).added()).isEqualTo(damaged().count());
    assertThat(all()).hasSize(MANY);
  }

  @Test
  void doNotStopWhoReadsTheOthers() {
    List<Reading> given = new ArrayList<>();
    history.forEach(source -> true, Instant.MIN, FAR, given::add);
    assertThat(given).hasSize(MANY - (int) damaged().count() + 1);
  }

  @Test
  void ofTheLastChunkDoNotStopNewOnes() throws Exception {
    reopenAfter("UPDATE chunk SET readings = zeroblob(9) WHERE source = 1 AND id <> 1");
    assertThat(history.latest(HALL)).contains(all().get(all().size() - 1));
    int readable = all().size();
    history.appendNow(List.of(at(60L * MANY, 7)));
    history.prune(Instant.EPOCH); // seals
    assertThat(history.failure()).isEmpty();
    assertThat(history.latest(HALL)).contains(at(60L * MANY, 7));
    assertThat(all()).hasSize(readable + 1);
  }

  @Test
  void giveWayToTheSameGivenAgain() throws Exception {
    DamagedReadings damaged = damaged();
    assertThat(history.load(many()).added()).isEqualTo(damaged.count());
    assertThat(all()).hasSize(MANY);
    assertThat(history.count()).isEqualTo(MANY + 1L);
    reopenAfter();
    assertThat(all()).hasSize(MANY);
    assertThat(history.count()).isEqualTo(MANY + 1L);
    assertThat(history.damaged()).as("of what was set aside").containsExactly(damaged);
    assertThat(SqliteFile.check(file())).isEmpty();
    history.prune(damaged.last().plusMillis(1));
    reopenAfter();
    assertThat(history.damaged()).as("when it is too old").isEmpty();
  }

  @Test
  void stillCountInTheirWindows() {
    history.load(List.of(at(90_001, 1)).iterator()); // it touches windows of damaged ones
    history.prune(FAR);
    long counted =
        history
            .downsampled(HALL, start.minusSeconds(86_400), FAR, 1_000_000, Downsampling.LTTB)
            .stream()
            .mapToLong(SeriesPoint::count)
            .sum();
    assertThat(counted).isBetween(MANY - 10L, MANY + 1L);
  }

  @Test
  void ofARollupAreRolledUpAnew() throws Exception {
    reopenAfter("UPDATE rollup SET windows = zeroblob(9)");
    assertThat(SqliteFile.check(file())).anyMatch(fault -> fault.startsWith("rollup "));
    history.load(IntStream.range(0, MANY).mapToObj(i -> at(60L * i + 1, i)).iterator());
    history.load(List.of(Reading.of("gpio:17", false, start.plusSeconds(1))).iterator());
    assertThat(SqliteFile.check(file())).noneMatch(fault -> fault.startsWith("rollup "));
  }

  @Test
  void ofACommitThatIsNotSealedDoNotStopTheStore() throws Exception {
    history.appendNow(List.of(at(60L * MANY, 7)));
    history.appendNow(List.of(at(60L * MANY + 60, 8)));
    reopenAfter("UPDATE staged SET readings = zeroblob(9) WHERE id = (SELECT min(id) FROM staged)");
    assertThat(SqliteFile.check(file())).anyMatch(fault -> fault.startsWith("staged "));
    assertThat(history.latest(HALL)).contains(at(60L * MANY + 60, 8));
    history.prune(Instant.EPOCH); // seals
    assertThat(SqliteFile.check(file())).noneMatch(fault -> fault.startsWith("staged "));
  }
}
