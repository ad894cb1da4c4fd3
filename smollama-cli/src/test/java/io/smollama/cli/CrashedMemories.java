package io.smollama.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.EntryId;
import io.smollama.core.Reading;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.SqliteFile;
import io.smollama.sync.SqliteJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The memories that a {@link CrashWriter} left behind, beside what it promised. */
final class CrashedMemories {
  private final Path folder;
  private final List<Promise> promises = new ArrayList<>();
  private final Map<String, Long> seconds = new HashMap<>();
  private long backups;

  CrashedMemories(Path folder) {
    this.folder = folder;
  }

  /** A line of the writer. */
  private record Promise(String lane, String what, long number, String id) {
    static Promise of(String line) {
      String[] words = line.substring(0, line.length() - 1).split(" ", -1);
      return new Promise(words[0], words[1], Long.parseLong(words[2]), words[3]);
    }
  }

  Path folder() {
    return folder;
  }

  /** How many observations, facts and corrections were promised. */
  long knowledge() {
    return promises.size();
  }

  long readings() {
    return CrashWriter.SOURCES * seconds.values().stream().mapToLong(Long::longValue).sum();
  }

  long backups() {
    return backups;
  }

  /** Opens the memories as the next start would and looks for what was promised last. */
  void requireAll(List<String> said, int round) {
    List<Promise> young = said.stream().map(Promise::of).toList();
    for (String lane : CrashWriter.LANES) {
      List<Promise> mine = young.stream().filter(p -> p.lane().equals(lane)).toList();
      if (Files.isDirectory(folder.resolve(lane))) {
        String where = "%s, round %d of %s".formatted(lane, round, folder.getFileName());
        requireAll(lane, mine, where);
      } else {
        assertThat(mine).isEmpty(); // killed before it could make a file
      }
    }
    young.stream().filter(p -> !p.id().isEmpty()).forEach(promises::add);
  }

  private void requireAll(String lane, List<Promise> young, String where) {
    Optional<SqliteJournal> journal = CrashWriter.journal(lane, folder.resolve(lane));
    try (MemoryStore store = CrashWriter.open(folder.resolve(lane), journal)) {
      young.forEach(promise -> requireKept(store, promise, where));
      long before = seconds.getOrDefault(lane, 0L);
      long told =
          young.stream()
              .filter(p -> p.what().equals("readings"))
              .mapToLong(Promise::number)
              .max()
              .orElse(before);
      requireReadings(store, before, Math.max(before, told), where);
      seconds.put(lane, Math.max(before, told));
    } finally {
      journal.ifPresent(SqliteJournal::close);
    }
    assertThat(SqliteFile.check(folder.resolve(lane).resolve("memory.sqlite"))).as(where).isEmpty();
    long written = young.stream().filter(p -> p.what().equals("backup")).count();
    backups += written;
    Path backup = folder.resolve(lane).resolve("backup.sqlite");
    if (written > 0 || Files.exists(backup)) {
      assertThat(SqliteFile.check(backup)).as(where).isEmpty();
    }
  }

  private static void requireKept(MemoryStore store, Promise promise, String where) {
    int number = (int) promise.number();
    switch (promise.what()) {
      case "fact" ->
          assertThat(store.memory(new EntryId(promise.id())))
              .as(where)
              .hasValueSatisfying(
                  fact -> assertThat(fact.fact()).as(where).isEqualTo(CrashWriter.fact(number)));
      case "observation" ->
          assertThat(store.observation(new EntryId(promise.id())))
              .as(where)
              .hasValueSatisfying(
                  noticed ->
                      assertThat(noticed.text())
                          .as(where)
                          .isEqualTo(CrashWriter.observation(number)));
      case "retracted" ->
          assertThat(store.memory(new EntryId(promise.id())))
              .as(where)
              .hasValueSatisfying(fact -> assertThat(fact.active()).as(where).isFalse());
      default -> {} // readings are looked at together, backups as files
    }
  }

  /** Those since the last round; a commit that was not acknowledged may be there, but whole. */
  private static void requireReadings(MemoryStore store, long from, long to, String where) {
    for (int source = 0; source < CrashWriter.SOURCES; source++) {
      List<Reading> kept =
          store
              .readings()
              .range(
                  CrashWriter.source(source),
                  CrashWriter.START.plusSeconds(from),
                  Instant.MAX,
                  Integer.MAX_VALUE);
      assertThat(kept).as(where).hasSizeGreaterThanOrEqualTo((int) (to - from));
      assertThat((from + kept.size()) % CrashWriter.SECONDS).as(where).isZero();
      for (int i = 0; i < kept.size(); i++) {
        Reading wanted = CrashWriter.reading(source, from + i);
        if (!kept.get(i).equals(wanted)) {
          assertThat(kept.get(i)).as(where).isEqualTo(wanted);
        }
      }
    }
  }

  /** Everything of all rounds once more, and all that the files say about themselves. */
  void requireSound() {
    for (String lane : CrashWriter.LANES) {
      Path files = folder.resolve(lane);
      Optional<SqliteJournal> journal = CrashWriter.journal(lane, files);
      try (MemoryStore store = CrashWriter.open(files, journal)) {
        String where = "%s of %s, in the end".formatted(lane, folder.getFileName());
        promises.stream()
            .filter(p -> p.lane().equals(lane))
            .forEach(promise -> requireKept(store, promise, where));
        requireReadings(store, 0, seconds.getOrDefault(lane, 0L), where);
        store.upkeep().fillVectors(progress -> {});
        assertThat(store.stats().vectorsMissing()).as(where).isZero();
        assertThat(store.upkeep().verify()).as(where).isEmpty();
        journal.ifPresent(known -> assertThat(known.verify().problems()).as(where).isEmpty());
      } finally {
        journal.ifPresent(SqliteJournal::close);
      }
    }
  }
}
