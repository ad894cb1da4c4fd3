package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReadingHistoryTest extends HistoryFixture {
  @Test
  void givesEveryKindOfValueBackExactly() {
    List<ReadingValue> values =
        List.of(
            new ReadingValue.Quantity(21.3),
            new ReadingValue.Quantity(Double.NaN),
            new ReadingValue.Quantity(Double.NEGATIVE_INFINITY),
            new ReadingValue.Quantity(-0.0),
            new ReadingValue.Flag(true),
            new ReadingValue.Text("54"),
            new ReadingValue.Json("{\"a\": [1, null]}"));
    Instant start = clock.instant();
    for (ReadingValue value : values) {
      history.append(
          List.of(new Reading(HALL, value, "celsius", clock.instant(), Map.of("room", "hall"))));
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(history.range(HALL, start, clock.instant(), 100))
        .extracting(Reading::value)
        .containsExactlyElementsOf(values);
    assertThat(history.latest(HALL).orElseThrow().metadata()).containsEntry("room", "hall");
  }

  @Test
  void aReadingFromTheFutureDoesNotHideTheLatest() {
    SourceId attic = SourceId.parse("mqtt:attic");
    Instant now = clock.instant();
    history.append(
        List.of(
            Reading.of("mqtt:hall/temperature", 20, "celsius", now.minusSeconds(9)),
            Reading.of("mqtt:hall/temperature", 21, "celsius", now.plusSeconds(60)),
            Reading.of("mqtt:hall/temperature", 99, "celsius", now.plusSeconds(61)),
            Reading.of("mqtt:attic", 5, "celsius", now.plusSeconds(3600))));
    assertThat(history.latest(HALL).orElseThrow().value().text()).isEqualTo("21");
    assertThat(history.latest(attic).orElseThrow().value().text()).isEqualTo("5");
    assertThat(history.latest()).extracting(one -> one.value().text()).containsExactly("5", "21");
    clock.advance(Duration.ofSeconds(1));
    assertThat(history.latest(HALL).orElseThrow().value().text()).isEqualTo("99");
  }

  @Test
  void rangeIsHalfOpenOldestFirstAndKeepsTheNewestWithinTheLimit() {
    Instant start = clock.instant();
    for (int i = 0; i < 5; i++) {
      history.append(List.of(reading(i)));
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(history.range(HALL, start.plusSeconds(10), start.plusSeconds(30), 100))
        .extracting(r -> r.value().text())
        .containsExactly("1", "2");
    assertThat(history.range(HALL, start, clock.instant(), 2))
        .extracting(r -> r.value().text())
        .containsExactly("3", "4");
    assertThat(history.range(SourceId.parse("mqtt:nowhere"), start, clock.instant(), 9)).isEmpty();
  }

  @Test
  void latestSurvivesReopening() {
    history.append(List.of(reading(21.5)));
    store.close();
    open();
    assertThat(history.latest()).extracting(Reading::describe).containsExactly(HALL + " 21.5 °C");
    assertThat(history.count()).isEqualTo(1);
  }

  @Test
  void anOlderReadingDoesNotBecomeTheLatest() {
    Reading old = reading(1);
    clock.advance(Duration.ofMinutes(1));
    history.append(List.of(reading(2)));
    history.append(List.of(old));
    assertThat(history.latest(HALL).orElseThrow().value().text()).isEqualTo("2");
  }

  @Test
  void statisticsPassOverWhatIsNoNumber() {
    Instant start = clock.instant();
    for (double value : new double[] {10, 20, Double.NaN, 30, 40, 50}) {
      history.append(List.of(reading(value)));
      clock.advance(Duration.ofSeconds(1));
    }
    history.append(
        List.of(
            new Reading(
                HALL, new ReadingValue.Text("broken"), "celsius", clock.instant(), Map.of())));
    ReadingStatistics statistics =
        history.statistics(HALL, start, clock.instant().plusSeconds(1)).orElseThrow();
    assertThat(statistics)
        .isEqualTo(
            new ReadingStatistics(
                5, 10, 50, 30, Math.sqrt(200), 10, 30, 50, Duration.ofSeconds(5)));
    assertThat(history.statistics(HALL, start.minusSeconds(9), start)).isEmpty();
  }

  @Test
  void twoReadingsOfOneInstantAreOneAndTheLaterWins() {
    history.append(List.of(reading(1), reading(2)));
    history.flush();
    assertThat(history.count()).isEqualTo(1);
    assertThat(history.range(HALL, clock.instant(), clock.instant().plusMillis(1), 9))
        .extracting(r -> r.value().text())
        .containsExactly("2");
  }

  @Test
  void pruningKeepsTheLatestOfEachSource() {
    for (int i = 0; i < 3; i++) {
      history.append(List.of(reading(i)));
      clock.advance(Duration.ofDays(1));
    }
    assertThat(history.prune(clock.instant())).isEqualTo(2);
    assertThat(history.count()).isEqualTo(1);
  }

  @Nested
  class GroupCommit {
    @Test
    void waitsForTheInterval() {
      history.append(List.of(reading(1)));
      clock.advance(Duration.ofSeconds(9));
      history.append(List.of(reading(2)));
      assertThat(rowsOnDisk()).isZero();
      assertThat(history.latest(HALL).orElseThrow().value().text()).isEqualTo("2");
      clock.advance(Duration.ofSeconds(1));
      history.append(List.of(reading(3)));
      assertThat(rowsOnDisk()).isEqualTo(3);
    }

    @Test
    void closingWritesTheRest() {
      history.append(List.of(reading(1)));
      store.close();
      assertThat(rowsOnDisk()).isEqualTo(1);
    }

    private long rowsOnDisk() {
      try (Database other = Database.openReadOnly(file())) {
        ReadingHistory seen =
            new ReadingHistory(other, clock, Duration.ofDays(1), new FreeSpace(() -> -1, 0));
        seen.load();
        return seen.count();
      }
    }
  }

  private Reading reading(double value) {
    return Reading.of(HALL.toString(), value, "celsius", clock.instant());
  }
}
