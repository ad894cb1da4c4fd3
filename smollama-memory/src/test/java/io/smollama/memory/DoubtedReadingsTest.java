package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.Quality;
import io.smollama.core.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A reading in doubt is kept as what it was, and counts in no figure. */
class DoubtedReadingsTest extends HistoryFixture {
  private void append(int count) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      readings.add(i % 10 == 7 ? at(i, 85).doubted("above 60") : at(i, 20 + i % 3));
    }
    history.append(readings);
  }

  private static List<Quality> qualities(List<Reading> readings) {
    return readings.stream().map(Reading::quality).toList();
  }

  @Test
  void staysInDoubtWhenItIsWrittenAndSealed() {
    append(100);
    List<Quality> appended = qualities(all());
    assertThat(appended).filteredOn(q -> q == Quality.UNCERTAIN).hasSize(10);
    history.flush();
    assertThat(qualities(all())).isEqualTo(appended);
    store.close();
    open();
    assertThat(qualities(all())).isEqualTo(appended);
    history.prune(Instant.EPOCH); // seals
    assertThat(qualities(all())).isEqualTo(appended);
    store.close();
    open();
    assertThat(qualities(all())).isEqualTo(appended);
    assertThat(all().get(7).value().text()).isEqualTo("85");
  }

  @Test
  void countsInNoFigure() {
    append(100);
    for (int sealed = 0; sealed < 2; sealed++) {
      ReadingStatistics figures = history.statistics(HALL, start, FAR).orElseThrow();
      assertThat(figures.count()).isEqualTo(90);
      assertThat(figures.max()).isEqualTo(22);
      history.prune(Instant.EPOCH); // seals
    }
  }

  @Test
  void whyItIsDoubtedIsNotSaidOfTheOthers() {
    history.append(List.of(at(1, 20), at(2, 85).doubted("above 60")));
    history.flush();
    store.close();
    open();
    assertThat(all()).extracting(Reading::metadata).containsOnly(Map.of());
  }

  @Test
  void survivesTheWayThroughAFile() throws Exception {
    Reading doubted = at(1, 85).doubted("above 60");
    String line = new ReadingRecord(doubted, Optional.empty()).json();
    assertThat(line).contains("\"quality\":\"uncertain\"");
    assertThat(ReadingRecord.of(new ObjectMapper().readTree(line), line).reading())
        .isEqualTo(doubted);
  }
}
