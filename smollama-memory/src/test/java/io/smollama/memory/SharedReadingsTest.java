package io.smollama.memory;

import static io.smollama.memory.ReadingShare.Detail.ALL;
import static io.smollama.memory.ReadingShare.Detail.NONE;
import static io.smollama.memory.ReadingShare.Detail.ROLLUPS;
import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedReadingsTest extends TwoNodesFixture {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  @Test
  void theServerHasTheSumsOfAllAndTheLastOfEachFiveMinutes() {
    for (int i = 0; i < 4; i++) {
      measure(QUARTER);
      assertThat(kitchen.share().share(ROLLUPS)).isEqualTo(1);
    }
    meet();

    CourseSummary here = summary(kitchen, TEMPERATURE);
    CourseSummary there = summary(server, OF_KITCHEN);
    assertThat(there.count()).isEqualTo(360).isEqualTo(here.count());
    assertThat(there.mean()).isEqualTo(here.mean());
    assertThat(there.min()).isEqualTo(here.min());
    assertThat(there.max()).isEqualTo(here.max());
    assertThat(all(server, OF_KITCHEN)).hasSize(12);
    Reading newest = server.readings().latest(OF_KITCHEN).orElseThrow();
    assertThat(newest.time()).isEqualTo(start.plusSeconds(3590));
    assertThat(newest.display()).isEqualTo(at(newest.time()).display());
  }

  @Test
  void eachReadingIsSharedIfWanted() {
    measure(QUARTER);
    kitchen.share().share(ALL);
    meet();

    assertThat(all(server, OF_KITCHEN))
        .extracting(Reading::time, Reading::value, Reading::unit)
        .isEqualTo(
            all(kitchen, TEMPERATURE).stream()
                .map(r -> org.assertj.core.groups.Tuple.tuple(r.time(), r.value(), r.unit()))
                .toList());
  }

  @Test
  void theFiveMinutesThatAreNotOverWait() {
    measure(Duration.ofMinutes(7));
    kitchen.share().share(ALL);
    meet();
    assertThat(all(server, OF_KITCHEN)).hasSize(30);

    measure(Duration.ofMinutes(3));
    kitchen.share().share(ALL);
    meet();
    assertThat(all(server, OF_KITCHEN)).hasSize(60);
  }

  @Test
  void whatIsSealedBeforeItIsSharedIsSharedToo() {
    kitchen.share().share(ALL);
    measure(Duration.ofHours(5)); // 1,800 readings: sealed in between
    kitchen.share().share(ALL);
    meet();
    assertThat(all(server, OF_KITCHEN)).hasSize(1800);
    measure(QUARTER);
    assertThat(kitchen.share().share(ALL)).isEqualTo(2);
  }

  @Test
  void sumsThatCameBeforeTheirReadingsAreNotCountedTwice() {
    kitchen.share().share(ALL);
    measure(Duration.ofHours(5));
    kitchen.share().share(ALL);
    meet(ChainId.ROLLUPS);
    server.readings().prune(start); // seals the last reading of each
    assertThat(summary(server, OF_KITCHEN).count()).isEqualTo(1800);

    meet(ChainId.READINGS);
    server.readings().prune(start);
    assertThat(summary(server, OF_KITCHEN).count()).isEqualTo(1800);
    assertThat(all(server, OF_KITCHEN)).hasSize(1800);
  }

  @Test
  void sharingAgainAfterACrashChangesNothing() throws Exception {
    measure(QUARTER);
    kitchen.share().share(ALL);
    kitchen.close();
    RawSqlite.update(file("kitchen"), "UPDATE meta SET value = '0' WHERE key = 'readings_taken'");
    kitchen = open("kitchen", kitchenLog);
    assertThat(kitchen.share().share(ALL)).isEqualTo(2);
    meet();

    assertThat(all(server, OF_KITCHEN)).hasSize(90);
    assertThat(summary(server, OF_KITCHEN).count()).isEqualTo(90);
    assertThat(all(kitchen, TEMPERATURE)).hasSize(90);
  }

  @Test
  void aNodeTakesNothingOfItsOwnTwice() {
    measure(QUARTER);
    kitchen.share().share(ALL);
    assertThat(kitchen.readings().count()).isEqualTo(90);
    assertThat(kitchen.readings().sources()).containsExactly(TEMPERATURE);
  }

  @Test
  void aLostHistoryComesBackFromTheJournal() throws Exception {
    measure(Duration.ofHours(1));
    kitchen.share().share(ALL);
    List<Reading> before = all(kitchen, TEMPERATURE);
    kitchen.close();
    Files.delete(file("kitchen"));
    kitchen = open("kitchen", kitchenLog);
    assertThat(all(kitchen, TEMPERATURE)).isEqualTo(before);
    assertThat(kitchen.share().share(ALL)).isZero();
  }

  @Test
  void whatCameFromOthersIsNotSharedOn() {
    measure(QUARTER);
    kitchen.share().share(ALL);
    server.share().share(ALL);
    meet();
    clock.advance(QUARTER);
    assertThat(server.share().share(ALL)).isZero();
  }

  @Test
  void nothingIsKeptForNobody() throws Exception {
    kitchen.share().share(ALL);
    kitchen.share().share(NONE);
    measure(Duration.ofHours(5));
    assertThat(RawSqlite.first(file("kitchen"), "SELECT count(*) FROM unshared")).isEqualTo("0");
    assertThat(kitchenLog.above(Frontier.EMPTY, 10).entries()).isEmpty();
  }

  @Test
  void aReadingFromTheFutureKeepsNothingBack() {
    measure(QUARTER);
    kitchen.readings().append(List.of(at(clock.instant().plus(Duration.ofDays(400)))));
    measure(QUARTER);
    kitchen.share().share(ALL);
    meet();
    assertThat(all(server, OF_KITCHEN)).hasSize(181);
  }

  @Test
  void flagsTextsAndUnitsComeAsTheyWere() {
    Instant time = clock.instant();
    Map<String, String> named = Map.of("name", "back door");
    SourceId door = SourceId.parse("gpio:17");
    SourceId mode = SourceId.parse("mqtt:boiler/mode");
    kitchen
        .readings()
        .append(
            List.of(
                new Reading(door, new ReadingValue.Flag(true), "boolean", time, named),
                new Reading(mode, new ReadingValue.Text("eco ☘"), "", time, Map.of())));
    clock.advance(QUARTER);
    kitchen.share().share(ROLLUPS);
    meet();
    Reading there = server.readings().latest(SourceId.parse("node:kitchen/gpio:17")).orElseThrow();
    assertThat(there.value()).isEqualTo(new ReadingValue.Flag(true));
    assertThat(there.metadata()).isEqualTo(named);
    assertThat(server.readings().sources()).hasSize(1); // texts have no sums

    kitchen
        .readings()
        .append(
            List.of(
                new Reading(mode, new ReadingValue.Text("eco ☘"), "", clock.instant(), Map.of())));
    clock.advance(QUARTER);
    kitchen.share().share(ALL);
    meet();
    assertThat(server.readings().latest(SourceId.parse("node:kitchen/mqtt:boiler/mode")))
        .map(Reading::value)
        .contains(new ReadingValue.Text("eco ☘"));
  }

  @Test
  void aReadingOfSmollamaForPythonArrives() {
    kitchenLog.append(
        ChainId.READINGS,
        "reading.add",
        "{\"node\":\"attic\",\"time\":1772366400000,\"source\":\"system:cpu_temp\",\"value\":45.5,\"unit\":\"celsius\"}");
    meet();
    assertThat(server.readings().latest())
        .containsExactly(
            Reading.of(
                "node:attic/system:cpu_temp",
                45.5,
                "celsius",
                Instant.ofEpochMilli(1772366400000L)));
  }

  private CourseSummary summary(MemoryStore store, SourceId source) {
    return store.readings().of(source).summary(start, clock.instant()).orElseThrow();
  }
}
