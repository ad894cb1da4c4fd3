package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The past of a source in spans of any length, some of whose readings are gone. */
class SourceHistoryTest extends HistoryFixture {
  private static final int HOUR = 3_600;

  private final Instant end = start.plus(Duration.ofDays(2));

  private SourceHistory past() {
    return history.of(HALL);
  }

  private void everyFiveSeconds(int count, IntToDoubleFunction value) {
    history.load(
        IntStream.range(0, count).mapToObj(i -> at(5L * i, value.applyAsDouble(i))).iterator());
  }

  private List<Instant> hours(int count) {
    return IntStream.rangeClosed(0, count).mapToObj(i -> start.plusSeconds(i * HOUR)).toList();
  }

  private void say(long second, ReadingValue value) {
    history.append(List.of(new Reading(HALL, value, "", start.plusSeconds(second), Map.of())));
  }

  @Test
  void stepsOfReadingsAreExact() {
    everyFiveSeconds(1_440, i -> i);
    List<SeriesPoint> steps = past().stepped(hours(3));
    assertThat(steps)
        .extracting(
            SeriesPoint::time,
            SeriesPoint::value,
            SeriesPoint::min,
            SeriesPoint::max,
            SeriesPoint::count)
        .containsExactly(
            tuple(start, 359.5, 0.0, 719.0, 720L),
            tuple(start.plusSeconds(HOUR), 1_079.5, 720.0, 1_439.0, 720L));
    assertThat(steps).extracting(SeriesPoint::resolution).containsOnly(Duration.ofHours(1));
  }

  @Test
  void stepsOfSoManyReadingsThatWindowsAreTakenAreTheSame() {
    everyFiveSeconds(34_560, i -> i % 777);
    List<Instant> edges = new ArrayList<>(hours(48));
    edges.set(0, start.plusSeconds(97)); // begins within a window
    edges.set(48, end.minusSeconds(41)); // and ends in one
    for (SeriesPoint step : past().stepped(edges)) {
      int i = edges.indexOf(step.time());
      ReadingStatistics exact =
          history.statistics(HALL, edges.get(i), edges.get(i + 1)).orElseThrow();
      assertThat(step.count()).isEqualTo(exact.count());
      assertThat(step.value()).isCloseTo(exact.mean(), within(1e-9));
      assertThat(List.of(step.min(), step.max())).isEqualTo(List.of(exact.min(), exact.max()));
    }
  }

  @Test
  void whereReadingsAreGoneTheirWindowsAnswer() {
    everyFiveSeconds(34_560, i -> i);
    assertThat(past().keptFrom()).contains(start);
    history.prune(start.plus(Duration.ofDays(1)));
    assertThat(past().keptFrom()).contains(start.plus(Duration.ofDays(1)));
    List<SeriesPoint> steps = past().stepped(hours(48));
    assertThat(steps).hasSize(48);
    assertThat(steps).extracting(SeriesPoint::count).containsOnly(720L);
    assertThat(steps.get(3).min()).isEqualTo(3 * 720);
    CourseSummary all = past().summary(start, end).orElseThrow();
    assertThat(all.count()).isEqualTo(34_560);
    assertThat(all.min()).isZero();
    assertThat(all.max()).isEqualTo(34_559);
    assertThat(all.mean()).isCloseTo(17_279.5, within(1e-6));
    assertThat(all.estimated()).isTrue();
    assertThat(all.p50()).isCloseTo(17_280, within(60.0));
    CourseSummary kept = past().summary(start.plus(Duration.ofDays(1)), end).orElseThrow();
    assertThat(kept.estimated()).isFalse();
    assertThat(kept.p25()).isEqualTo(17_280 + 4_319);
  }

  @Test
  void finerStepsThanTheWindowsThatAreLeftSaySo() {
    everyFiveSeconds(1_440, i -> i);
    history.prune(FAR);
    List<Instant> minutes =
        IntStream.rangeClosed(0, 10).mapToObj(i -> start.plusSeconds(60L * i)).toList();
    assertThat(past().stepped(minutes))
        .extracting(SeriesPoint::time, SeriesPoint::count, SeriesPoint::resolution)
        .containsExactly(
            tuple(start, 60L, Duration.ofMinutes(5)),
            tuple(start.plusSeconds(300), 60L, Duration.ofMinutes(5)));
  }

  @Test
  void statesLastOverManyChunks() {
    everyFiveSeconds(20_000, i -> i < 15_000 ? 1 : 2);
    assertThat(past().timeInState(start, start.plusSeconds(100_000)))
        .containsExactly(
            Map.entry(new ReadingValue.Quantity(1), Duration.ofSeconds(75_000)),
            Map.entry(new ReadingValue.Quantity(2), Duration.ofSeconds(25_000)));
    everyFiveSeconds(20_000, i -> i);
    assertThat(past().timeInState(start, end)).isEmpty();
  }

  @Test
  void aLevelIsCrossedOnceOverManyChunks() {
    everyFiveSeconds(20_000, i -> i);
    assertThat(past().firstCrossing(start, end, 16_383.5, Crossing.UP))
        .map(Reading::time)
        .contains(start.plusSeconds(5 * 16_384));
    assertThat(past().firstCrossing(start, end, 16_383.5, Crossing.DOWN)).isEmpty();
    assertThat(past().firstNumber(start.plusSeconds(7), end)).hasValue(2);
    assertThat(past().firstNumber(end, FAR)).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void changesLeaveOutWhatIsSaidAgain() {
    String[] said = {"idle", "idle", "washing", "washing", "idle", "done", "done"};
    for (int i = 0; i < said.length; i++) {
      say(i, new ReadingValue.Text(said[i]));
    }
    assertThat(past().changes(start, end, 9))
        .extracting(reading -> reading.value().text())
        .containsExactly("idle", "washing", "idle", "done");
    assertThat(past().changes(start, end, 2))
        .extracting(Reading::time)
        .containsExactly(start.plusSeconds(4), start.plusSeconds(5));
  }

  @Test
  void gapsAreFoundInReadingsAndInWindowsAndTheTimeBeforeTheFirstIsNone() {
    history.load(
        IntStream.range(0, 8_000)
            .filter(i -> i < 2_000 || i >= 3_000 && i < 6_000 || i >= 7_000)
            .mapToObj(i -> at(5L * i, i))
            .iterator());
    Instant before = start.minus(Duration.ofDays(9));
    Instant after = start.plusSeconds(40_000);
    SilentTimes exact = past().gaps(before, after, Duration.ofMinutes(10), 9);
    assertThat(exact.newest())
        .containsExactly(
            new Gap(start.plusSeconds(9_995), start.plusSeconds(15_000)),
            new Gap(start.plusSeconds(29_995), start.plusSeconds(35_000)));
    assertThat(past().gaps(before, after, Duration.ofMinutes(10), 1))
        .isEqualTo(new SilentTimes(2, Duration.ofSeconds(10_010), exact.newest().subList(1, 2)));
    history.prune(start.plusSeconds(25_000));
    SilentTimes rough = past().gaps(before, after, Duration.ofMinutes(10), 9);
    assertThat(rough.newest())
        .containsExactly(
            new Gap(start.plusSeconds(10_200), start.plusSeconds(15_000)), exact.newest().get(1));
    assertThat(past().gaps(start.plusSeconds(50_000), end, Duration.ofHours(1), 9).newest())
        .containsExactly(new Gap(start.plusSeconds(50_000), end));
  }

  @Test
  void ofASourceThatNeverSpokeThereIsNothing() {
    SourceHistory nobody = history.of(SourceId.parse("mqtt:nobody"));
    assertThat(nobody.keptFrom()).isEmpty();
    assertThat(nobody.stepped(hours(2))).isEmpty();
    assertThat(nobody.summary(start, end)).isEmpty();
    assertThat(nobody.timeInState(start, end)).isEmpty();
    assertThat(nobody.gaps(start, end, Duration.ofHours(1), 9).count()).isZero();
  }
}
