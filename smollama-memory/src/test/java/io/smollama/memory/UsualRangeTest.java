package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UsualRangeTest extends HistoryFixture {
  private static final int DAY = 86_400;

  private final Instant end = start.plus(Duration.ofDays(1));

  private void everySecond(int seconds, IntToDoubleFunction value) {
    history.load(
        IntStream.range(0, seconds).mapToObj(i -> at(i, value.applyAsDouble(i))).iterator());
  }

  private UsualRange usual() {
    return history.usual(HALL, start, end).orElseThrow();
  }

  @Test
  void ofFewReadingsItIsExact() {
    everySecond(10_000, i -> (i * 7_919L) % 1_000);
    ReadingStatistics exact = history.statistics(HALL, start, end).orElseThrow();
    assertThat(usual()).isEqualTo(new UsualRange(10_000, exact.p5(), exact.p95()));
    assertThat(history.usual(HALL, end, end.plusSeconds(9))).isEmpty();
  }

  @Test
  void ofAReadingASecondItIsNearToExact() {
    Random random = new Random(5);
    everySecond(DAY, i -> 20 + 3 * Math.sin(i * 2 * Math.PI / DAY) + 0.1 * random.nextGaussian());
    ReadingStatistics exact = history.statistics(HALL, start, end).orElseThrow();
    assertThat(usual().count()).isEqualTo(DAY);
    assertThat(usual().low()).isCloseTo(exact.p5(), within(0.1)).isNotEqualTo(exact.p5());
    assertThat(usual().high()).isCloseTo(exact.p95(), within(0.1));
  }

  @Test
  void rarePeaksAreNotUsual() {
    everySecond(DAY, i -> i % 60 == 0 ? 100 : 2 + i % 3);
    assertThat(usual().low()).isBetween(2.0, 2.6);
    assertThat(usual().high()).isBetween(4.0, 25.0);
  }

  @Test
  void whatIsNotSealedYetCounts() {
    everySecond(DAY - 1_000, i -> 20);
    history.append(IntStream.range(DAY - 1_000, DAY).mapToObj(i -> at(i, 30)).toList());
    assertThat(usual().count()).isEqualTo(DAY);
    List<SeriesPoint> band = history.downsampled(HALL, start, end, 96, Downsampling.MIN_MAX);
    assertThat(band.stream().mapToLong(SeriesPoint::count).sum()).isEqualTo(DAY);
    assertThat(band.get(band.size() - 1).max()).isEqualTo(30);
    assertThat(band).extracting(SeriesPoint::resolution).containsOnly(Duration.ofMinutes(15));
  }

  @Test
  void aBandOfADayIsDrawnFromWindowsAndLosesNoPeak() {
    everySecond(DAY, i -> i == 50_000 ? 90 : 20);
    List<SeriesPoint> band = history.downsampled(HALL, start, end, 96, Downsampling.MIN_MAX);
    assertThat(band).hasSize(96);
    assertThat(band.stream().mapToLong(SeriesPoint::count).sum()).isEqualTo(DAY);
    assertThat(band).filteredOn(point -> point.max() == 90).hasSize(1);
    assertThat(band.get(0).resolution()).isGreaterThanOrEqualTo(Duration.ofMinutes(15));
  }
}
