package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Reading;
import io.smollama.testkit.ManualClock;
import io.smollama.testkit.WordEmbeddings;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SalvageTest {
  private static final int FACTS = 400;

  @TempDir Path folder;

  private MemoryStore open(Path file) {
    return MemoryStore.open(file, new WordEmbeddings(64), new ManualClock());
  }

  @Test
  void carriesOverWhatLiesAroundTheDamage() throws Exception {
    Path damaged = folder.resolve("memory.sqlite");
    try (MemoryStore store = open(damaged)) {
      for (int i = 0; i < FACTS; i++) {
        store.remember(NewMemory.of("Lamp %d hangs in room %d".formatted(i, i / 2)));
      }
    }
    overwriteAPageThatHolds(damaged, "Lamp 200 hangs");
    Path rescued = folder.resolve("rescued.sqlite");
    SalvageReport report = Salvage.run(damaged, rescued);
    assertThat(report.losses()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(report.losses()).anyMatch(loss -> loss.startsWith("event: "));
    assertThat(report.faults()).isNotEmpty();
    assertThat(report.rows().get("event")).isBetween(FACTS / 2L, FACTS - 1L);
    try (MemoryStore store = open(rescued)) {
      assertThat(store.memories(1_000))
          .hasSizeBetween(FACTS / 2, FACTS - 1)
          .extracting(Memory::fact)
          .contains("Lamp 0 hangs in room 0", "Lamp 399 hangs in room 199");
    }
  }

  @Test
  void carriesOverAllOfASoundFile() {
    Path sound = folder.resolve("memory.sqlite");
    try (MemoryStore store = open(sound)) {
      store.remember(NewMemory.of("The bins go out on Monday"));
    }
    Path copy = folder.resolve("copy.sqlite");
    SalvageReport report = Salvage.run(sound, copy);
    assertThat(report.losses()).isEmpty();
    assertThat(report.faults()).isEmpty();
    try (MemoryStore store = MemoryStore.openReadOnly(copy, new ManualClock())) {
      assertThat(store.memories(10)).hasSize(1);
    }
    assertThatThrownBy(() -> Salvage.run(sound, copy)).hasMessageContaining("there already");
  }

  @Test
  void leavesOutAndTellsWhatCannotBeReadInsideARow() throws Exception {
    Path damaged = folder.resolve("memory.sqlite");
    try (MemoryStore store = open(damaged)) {
      store.readings().appendNow(List.of(Reading.of("gpio:17", true, Instant.EPOCH)));
      store.readings().prune(Instant.EPOCH); // seals
    }
    RawSqlite.update(damaged, "UPDATE chunk SET readings = zeroblob(9)");
    Path rescued = folder.resolve("rescued.sqlite");
    SalvageReport report = Salvage.run(damaged, rescued);
    assertThat(report.rows()).containsEntry("chunk", 0L);
    assertThat(report.losses())
        .singleElement()
        .asString()
        .startsWith("chunk 1: ")
        .endsWith("1 reading of gpio:17 from 1970-01-01T00:00:00Z to 1970-01-01T00:00:00Z");
    assertThat(report.faults()).isEmpty();
    assertThat(SqliteFile.check(rescued)).isEmpty();
  }

  @Test
  void makesNoFileOfOneThatIsNotThere() {
    Path target = folder.resolve("new.sqlite");
    assertThatThrownBy(() -> Salvage.run(folder.resolve("absent.sqlite"), target))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("absent.sqlite");
    assertThat(folder).isEmptyDirectory();
  }

  /** In the journal's own table, where all text stands once. */
  private static void overwriteAPageThatHolds(Path file, String text) throws Exception {
    String bytes = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
    int found = 0;
    try (RandomAccessFile pages = new RandomAccessFile(file.toFile(), "rw")) {
      for (int at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) {
        pages.seek(at / 4096 * 4096L);
        pages.write(new byte[4096]);
        found++;
      }
    }
    assertThat(found).isPositive();
  }

  @Test
  void makesNoFileOfOneThatHoldsNothing(@TempDir Path place) throws Exception {
    Path text = Files.writeString(place.resolve("notes.txt"), "these are notes\n".repeat(2_000));
    Path target = place.resolve("new.sqlite");
    assertThatThrownBy(() -> Salvage.run(text, target))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("nothing of it can be read");
    assertThat(place.toFile().list()).containsExactly("notes.txt");
  }
}
