package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingWindowTest extends HistoryFixture {
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
