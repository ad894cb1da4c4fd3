package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private MemoryStore store;

  @BeforeEach
  void open() {
    store = open("memory.sqlite");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private MemoryStore open(String name) {
    return MemoryStore.open(folder.resolve(name), new WordEmbeddings(64), clock);
  }

  private static List<String> lines(MemoryStore store, ArchiveSelection selection) {
    List<String> lines = new ArrayList<>();
    store.archive().each(selection, line -> lines.add(line.json()));
    return lines;
  }

  private ImportReport take(String... json) {
    return store.archive().take(List.of(json).stream().map(ArchiveLine::parse).toList());
  }

  @Test
  void kindAndTextAreEnough() {
    ImportReport report =
        take(
            "{\"kind\":\"memory\",\"text\":\"The bins go out on Monday\"}",
            "{\"kind\":\"observation\",\"text\":\"It rained\"}");
    assertThat(report.added()).isEqualTo(2);
    assertThat(store.memories(5))
        .extracting(Memory::fact)
        .containsExactly("The bins go out on Monday");
    Observation rain = store.observations(Optional.empty(), Instant.EPOCH, 5).get(0);
    assertThat(rain.type()).isEqualTo(ObservationType.GENERAL);
    assertThat(rain.time()).contains(clock.instant());
    assertThat(rain.confidence()).isEqualTo(0.8);
  }

  @Test
  void theCallersOwnIdComesBackWithEveryHit() {
    take("{\"kind\":\"memory\",\"text\":\"The bins go out on Monday\",\"ref\":\"note-17\"}");
    assertThat(store.recall(RecallQuery.of("bins", 5)).hits())
        .singleElement()
        .extracting(RecallHit::ref)
        .isEqualTo("note-17");
  }

  @Test
  void importingTwiceChangesNothing() {
    String[] lines = {
      "{\"kind\":\"memory\",\"text\":\"The bins go out on Monday\",\"confirmed\":3}",
      "{\"kind\":\"observation\",\"text\":\"It rained\",\"time\":\"2026-03-01\"}",
      "{\"kind\":\"observation\",\"text\":\"It rained\",\"time\":\"2026-03-02\"}",
      "{\"kind\":\"observation\",\"text\":\"It rained\",\"time\":\"2026-03-02\"}"
    };
    assertThat(take(lines)).isEqualTo(new ImportReport(3, 0, 1, 0, 0));
    List<String> once = lines(store, ArchiveSelection.everything());
    clock.advance(java.time.Duration.ofDays(1));
    assertThat(take(lines)).isEqualTo(new ImportReport(0, 0, 4, 0, 0));
    assertThat(lines(store, ArchiveSelection.everything())).isEqualTo(once);
  }

  @Test
  void whatIsExportedArrivesTheSameElsewhere() {
    store.observe(
        NewObservation.of(
                "Humidity rose to 81 %",
                ObservationType.ANOMALY, List.of(SourceId.parse("dht:cellar")))
            .noticedAt(Instant.parse("2026-01-01T00:00:00.123Z"))
            .tagged(List.of("damp"))
            .named("h-1")
            .fromOutside());
    Memory retracted = store.remember(NewMemory.of("The gate is broken")).memory();
    store.corrections().retract(retracted.id(), Corrections.By.OPERATOR);
    store.remember(NewMemory.of("The bins go out on Monday"));
    store.remember(NewMemory.of("The bins go out on Monday"));
    store.remember(NewMemory.of("The bins go out on Tuesday"));
    store.readings().append(List.of(Reading.of("dht:cellar", 81.5, "percent", clock.instant())));
    List<String> lines = lines(store, ArchiveSelection.everything());
    try (MemoryStore other = open("other.sqlite")) {
      List<ArchiveLine> parsed = lines.stream().map(ArchiveLine::parse).toList();
      other.archive().take(parsed);
      assertThat(other.archive().take(parsed).added()).isZero();
      assertThat(lines(other, ArchiveSelection.everything())).isEqualTo(lines);
      assertThat(store.archive().take(other(other)).added()).isZero();
    }
    assertThat(lines).hasSize(5);
  }

  private static List<ArchiveLine> other(MemoryStore other) {
    return lines(other, ArchiveSelection.everything()).stream().map(ArchiveLine::parse).toList();
  }

  @Test
  void aKnownFactUnderAnotherIdIsConfirmedOnce() {
    store.remember(NewMemory.of("The bins go out on Monday"));
    String line = "{\"kind\":\"memory\",\"id\":\"x1\",\"text\":\"the bins go out on Monday.\"}";
    assertThat(take(line).confirmed()).isOne();
    assertThat(take(line)).isEqualTo(new ImportReport(0, 0, 1, 0, 0));
    assertThat(store.memories(5)).singleElement().extracting(Memory::timesConfirmed).isEqualTo(2);
  }

  @Test
  void aSelectionIsExported() {
    take(
        "{\"kind\":\"memory\",\"text\":\"A fact\"}",
        "{\"kind\":\"observation\",\"text\":\"One\",\"type\":\"anomaly\",\"time\":\"2026-02-01\"}",
        "{\"kind\":\"observation\",\"text\":\"Two\",\"sources\":[\"a:b\"],\"time\":\"2026-02-02\"}");
    assertThat(lines(store, ArchiveSelection.of(Set.of(ArchiveSelection.Kind.MEMORY))))
        .singleElement()
        .asString()
        .contains("A fact");
    ArchiveSelection all = ArchiveSelection.everything();
    assertThat(
            lines(
                store,
                new ArchiveSelection(
                    all.kinds(),
                    Optional.of(ObservationType.ANOMALY),
                    Optional.empty(),
                    Instant.parse("2026-02-01T00:00:00Z"),
                    Instant.parse("2026-02-02T00:00:00Z"))))
        .singleElement()
        .asString()
        .contains("One");
  }

  @Nested
  class OfPython {
    @Test
    void arrivesOnceAndWhole() {
      String data = System.getenv("SMOLLAMA_TEST_DATA");
      assumeTrue(data != null, "SMOLLAMA_TEST_DATA names no folder with a real database");
      List<ArchiveLine> lines = new ArrayList<>();
      PythonDatabase.read(Path.of(data, "seed", "memory.db"), ZoneOffset.UTC, lines::add);
      assertThat(store.archive().take(lines)).isEqualTo(new ImportReport(52, 0, 0, 481, 0));
      assertThat(store.archive().take(lines)).isEqualTo(new ImportReport(0, 0, 52, 0, 481));
      assertThat(store.stats().readings()).isEqualTo(481);
      assertThat(store.memories(MemoryFilter.everything(100)))
          .hasSize(12)
          .filteredOn(memory -> memory.fact().startsWith("Fact 3:"))
          .singleElement()
          .satisfies(
              memory -> {
                assertThat(memory.timesConfirmed()).isEqualTo(2);
                assertThat(memory.confidence()).isEqualTo(0.72);
                assertThat(memory.time()).contains(Instant.parse("2026-11-22T16:42:27Z"));
              });
      assertThat(store.memories(100)).hasSize(11);
    }
  }

  @Test
  void whatIsNullIsLeftOut() {
    String keys = ",\"confidence\":null,\"tags\":null,\"active\":null,\"ref\":null}";
    assertThat(ArchiveLine.parse("{\"kind\":\"memory\",\"text\":\"x\"" + keys))
        .isEqualTo(ArchiveLine.parse("{\"kind\":\"memory\",\"text\":\"x\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"kind\":\"memory\"}|'text' is missing",
        "{\"kind\":\"memo\",\"text\":\"x\"}|'kind' is observation, memory or reading, was 'memo'",
        "{\"kind\":\"memory\",\"text\":\" \"}|1 to 4000 characters",
        "{\"kind\":\"memory\",\"text\":\"x\",\"time\":\"soon\"}|'time' is a time like",
        "{\"kind\":\"memory\",\"text\":\"x\",\"confidence\":7}|0 to 1, was 7",
        "{\"kind\":\"memory\",\"text\":\"x\",\"tags\":\"a\"}|'tags' is a list of texts",
        "{\"kind\":\"memory\",\"text\":\"x\",\"tags\":[\"a\",1]}|'tags' is a list of texts, was [\"a\",1]",
        "{\"kind\":\"memory\",\"text\":[1]}|'text' is a text, was [1]",
        "{\"kind\":\"memory\",\"text\":\"x\",\"confidence\":\"7\"}|'confidence' is a number",
        "{\"kind\":\"memory\",\"text\":\"x\",\"active\":1}|'active' is true or false, was 1",
        "{\"kind\":\"observation\",\"text\":\"x\",\"type\":\"y\"}|'type' is pattern",
        "{\"kind\":\"observation\",\"text\":\"x\",\"sources\":[\"y\"]}|type:id",
        "{\"kind\":\"reading\",\"source\":\"a:b\"}|'time'",
        "{\"kind\":\"reading\",\"source\":\"a:b\",\"time\":\"2026-03-01\"}|'value'",
        "{\"kind\":\"memory\",\"text\":\"x\"}{\"kind\":\"memory\",\"text\":\"y\"}|more than one object",
        "{\"kind\":\"memory\",\"text\":\"x\"} and more|is no JSON",
        "{\"kind\":\"memory\",\"text\":\"x\"},|is no JSON",
        "{\"kind\":\"memory\",\"text\":\"x\",\"text\":\"y\"}|Duplicate field 'text'",
        "[1]|no JSON object",
        "{|no JSON"
      })
  void aLineThatMakesNoSenseSaysWhy(String line, String why) {
    assertThatThrownBy(() -> ArchiveLine.parse(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
