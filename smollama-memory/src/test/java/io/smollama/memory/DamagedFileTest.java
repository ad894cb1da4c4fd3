package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that cannot be opened does not stop a node for ever. */
class DamagedFileTest extends HistoryFixture {
  private static final int READINGS = 60_000;

  @BeforeEach
  void fill() {
    clock.advance(Duration.ofDays(30));
    store.remember(NewMemory.of("The pump is behind the boiler"));
    history.load(IntStream.range(0, READINGS).mapToObj(i -> at(30L * i, i * i % 977)).iterator());
    store.close();
  }

  /** Pages of 4,096 bytes from one on are garbage. */
  private void damage(long firstPage, int pages) throws Exception {
    try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
      bytes.seek((firstPage - 1) * 4_096);
      byte[] garbage = new byte[pages * 4_096];
      Arrays.fill(garbage, (byte) 0x5A);
      bytes.write(garbage);
    }
  }

  /** The page that a table begins with, without which nothing of it can be found. */
  private void damageRootOf(String table) throws Exception {
    damage(
        Long.parseLong(
            RawSqlite.first(
                file(), "SELECT rootpage FROM sqlite_schema WHERE name = '" + table + "'")),
        1);
  }

  private DamagedFile.Mended mend() {
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            MemoryException.class, failure -> assertThat(failure.isDamage()).isTrue())
        .hasMessageContaining("smollama run");
    return new DamagedFile(file()).mend(clock.instant());
  }

  /** Damage that only who reads the facts comes upon. */
  private void comeUponDamageOfFacts() throws Exception {
    damageRootOf("item");
    open();
    assertThatThrownBy(() -> store.memories(5)).hasMessageContaining("is damaged");
    store.close();
  }

  @Test
  void isKeptAndWhatCanBeReadIsCarriedOver() throws Exception {
    comeUponDamageOfFacts();
    byte[] damaged = Files.readAllBytes(file());
    DamagedFile.Mended mended = mend();
    assertThat(Files.readAllBytes(mended.kept())).isEqualTo(damaged);
    assertThat(mended.carried().orElseThrow().faults()).isNotEmpty();
    open();
    assertThat(all()).hasSize(READINGS);
    assertThat(store.memories(5))
        .extracting(Memory::fact)
        .containsExactly("The pump is behind the boiler");
    assertThat(store.upkeep().verify()).isEmpty();
    assertThat(store.upkeep().keptDamaged()).containsExactly(mended.kept());
  }

  @Test
  void losesTheReadingsThatCannotBeReadAndNoFact() throws Exception {
    damageRootOf("staged");
    long pages = Files.size(file()) / 4_096;
    damage(pages / 2, 3);
    mend();
    open();
    assertThat(all().size()).isBetween(READINGS / 10, READINGS - 1);
    assertThat(store.memories(5)).hasSize(1);
    assertThat(store.upkeep().verify()).isEmpty();
  }

  @Test
  void losesNothingIfItsFirstPageIsWiped() throws Exception {
    wipeFirstPage();
    SalvageReport carried = mend().carried().orElseThrow();
    assertThat(carried.losses())
        .singleElement()
        .asString()
        .contains("one by one", ", 0 rows cannot");
    open();
    assertThat(all()).hasSize(READINGS);
    assertThat(store.memories(5)).hasSize(1);
    assertThat(store.upkeep().verify()).isEmpty();
  }

  @Test
  void losesTheEndOfATruncatedFile() throws Exception {
    try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
      bytes.setLength(bytes.length() / 2 / 4_096 * 4_096 + 100);
    }
    mend();
    open();
    assertThat(all().size()).isBetween(READINGS / 10, READINGS - 1);
    assertThat(store.memories(5)).hasSize(1);
    assertThat(store.upkeep().verify()).isEmpty();
  }

  @Test
  void isKeptWholeIfNothingOfItCanBeRead() throws Exception {
    damage(2, (int) (Files.size(file()) / 4_096 - 1));
    wipeFirstPage();
    DamagedFile.Mended mended = mend();
    assertThat(mended.carried()).isEmpty();
    assertThat(mended.kept()).exists();
    open();
    assertThat(all()).isEmpty();
    assertThat(store.memories(5)).as("from the journal").hasSize(1);
  }

  private void wipeFirstPage() throws Exception {
    try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
      bytes.write(new byte[4_096]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0xFF, -1})
  void losesNothingWithItsFirstPage(int filling) throws Exception {
    byte[] page = new byte[4_096];
    Arrays.fill(page, (byte) filling);
    if (filling < 0) {
      new Random(7).nextBytes(page);
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
      bytes.write(page);
    }
    mend();
    open();
    assertThat(all()).hasSize(READINGS);
    assertThat(store.memories(5)).hasSize(1);
    assertThat(store.upkeep().verify()).isEmpty();
  }

  /** Which of the two meets a damaged page first depends on where SQLite put what. */
  private void openAndReadAll() {
    open();
    all();
  }

  @Test
  void losesOnlyWhatStoodOnItsDamagedPages() throws Exception {
    open();
    int more = 400_000;
    history.load(
        IntStream.range(0, more)
            .mapToObj(i -> at(30L * (READINGS + i), i * 7_919L * i % 9_973))
            .iterator());
    store.close();
    long pages = Files.size(file()) / 4_096;
    for (long page = 60; page < pages; page += 20) {
      damage(page, 1);
    }
    assertThatThrownBy(this::openAndReadAll).hasMessageContaining("is damaged");
    store.close();
    mend();
    open();
    assertThat(all()).hasSizeBetween((READINGS + more) / 2, READINGS + more - 1);
    assertThat(store.memories(5)).hasSize(1);
    assertThat(store.upkeep().verify()).isEmpty();
  }

  @Test
  void whatWasDeletedDoesNotComeBack() throws Exception {
    RawSqlite.update(file(), "DELETE FROM chunk");
    assertThat(RawSqlite.first(file(), "PRAGMA freelist_count")).isNotEqualTo("0");
    damageRootOf("rollup");
    SalvageReport report = Salvage.run(file(), folder.resolve("salvaged.sqlite"));
    assertThat(report.losses()).singleElement().asString().contains("one by one");
    assertThat(report.rows().get("chunk")).isZero();
  }

  @Test
  void somebodysDocumentIsLeftAlone() throws Exception {
    byte[] bytes = new byte[4_000_000];
    new Random(7).nextBytes(bytes);
    Files.write(file(), bytes);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            MemoryException.class, failure -> assertThat(failure.isDamage()).isFalse())
        .hasMessageContaining("move it away");
    assertThat(file()).hasBinaryContent(bytes);
  }

  @Test
  void isNotMendedForEver() throws Exception {
    for (int i = 0; i < 3; i++) {
      comeUponDamageOfFacts();
      mend();
      clock.advance(Duration.ofMinutes(1));
      open();
      store.close();
    }
    comeUponDamageOfFacts();
    assertThatThrownBy(() -> new DamagedFile(file()).mend(clock.instant()))
        .isInstanceOf(MemoryException.class)
        .hasMessageContaining("the card may be worn");
    assertThat(file()).exists();
    assertThat(DamagedFile.kept(file())).hasSize(3).isSorted();
  }

  /** Beside another file SQLite would take it for that file's. */
  @Test
  void takesItsWriteAheadLogWithIt() throws Exception {
    damageRootOf("item");
    Path log = Files.writeString(folder.resolve("memory.sqlite-wal"), "what was written last");
    Path kept = new DamagedFile(file()).mend(Instant.parse("2026-11-26T12:00:00Z")).kept();
    assertThat(kept).hasFileName("memory.sqlite.damaged-20261126-120000");
    assertThat(log).doesNotExist();
    assertThat(Path.of(kept + "-wal")).hasContent("what was written last");
    assertThat(DamagedFile.kept(file())).isEqualTo(List.of(kept));
  }
}
