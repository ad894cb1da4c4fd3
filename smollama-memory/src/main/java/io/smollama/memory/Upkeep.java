package io.smollama.memory;

import io.smollama.core.SourceId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What keeps a memory in good order over years. Failures of the file are {@link MemoryException}s.
 * Thread-safe.
 */
public final class Upkeep {
  private final Database database;
  private final Recall recall;
  private final Optional<Vectors> vectors;
  private final ReadingHistory readings;
  private final Corrections corrections;
  private final MemoryConfig config;

  Upkeep(
      Database database,
      Recall recall,
      Optional<Vectors> vectors,
      ReadingHistory readings,
      Corrections corrections,
      MemoryConfig config) {
    this.database = database;
    this.recall = recall;
    this.vectors = vectors;
    this.readings = readings;
    this.corrections = corrections;
    this.config = config;
  }

  /** How much is remembered. */
  MemoryStats stats() {
    Knowledge.Counts counts = database.read(Knowledge::counts);
    VectorProgress progress = vectors();
    return new MemoryStats(
        readings.count(),
        counts.observations(),
        counts.memories(),
        progress.done(),
        progress.total() - progress.done(),
        counts.hidden(),
        counts.inactive());
  }

  /** Whether the embedder was used since the start; until then nobody knows whether it works. */
  public boolean embeddingTried() {
    return vectors.map(Vectors::tried).orElse(false);
  }

  /** Why nothing can be embedded at present; empty if it can or was not tried. */
  public String embeddingFailure() {
    return vectors.map(Vectors::failure).orElse("no embedder is configured");
  }

  /** How many texts can be found by meaning, and why no more. */
  public VectorProgress vectors() {
    return vectors.map(Vectors::progress).orElseGet(recall::withoutEmbedder);
  }

  /**
   * Makes the vectors that are missing now instead of in the background: after an import, before
   * many recalls. Ends early if the embedder fails; the next call goes on from there.
   *
   * @param listener told after every few texts, on this thread
   */
  public VectorProgress fillVectors(Consumer<VectorProgress> listener) {
    return vectors.map(all -> all.fill(listener)).orElseGet(this::vectors);
  }

  /**
   * Makes everything that recall searches anew: the index of words and all vectors.
   *
   * @param listener told after every few texts, on this thread
   */
  public VectorProgress reindex(Consumer<VectorProgress> listener) {
    recall.remakeText();
    return vectors.map(all -> all.fillAnew(listener)).orElseGet(this::vectors);
  }

  /**
   * Sums up observations that were made before a time, week by week: each summary hides what it
   * covers, nothing is deleted.
   *
   * @param summariser puts a sum into words
   */
  public CompactionReport compact(Instant before, ObservationSummariser summariser) {
    return new Compaction(database, corrections, summariser).run(before);
  }

  /** Lets go of readings that are older than the configuration keeps them; gives their number. */
  public long retain() {
    return readings.retain(config);
  }

  /**
   * The highest Lamport timestamp of all entries that this memory was made from, 0 if there is
   * none. A journal that took the place of a lost one must go on from there, or what is said next
   * would count as said before.
   */
  public long lamport() {
    return database.read(EventTable::lamport);
  }

  /** The sources that observations are about, in order. */
  public List<SourceId> sources() {
    return database.read(ItemTable::sources);
  }

  /**
   * One number for all that is known: two memories that were made from the same entries have the
   * same, in whatever order these came. SHA-256 in 64 hexadecimal digits. Reads all observations
   * and facts.
   */
  public String viewHash() {
    return database.read(ViewHash::of);
  }

  /** What is wrong with the file; empty if nothing is. Reads all of it. */
  public List<String> verify() {
    return SqliteFile.check(database.file());
  }

  /**
   * Whether damage was met since the file was opened: who opens it anew has all of it looked at,
   * and can have it mended, see {@link DamagedFile}.
   */
  public boolean isSuspect() {
    return DamagedFile.isSuspect(database.file());
  }

  /** Earlier files in its place that were damaged and are kept, see {@link DamagedFile}. */
  public List<Path> keptDamaged() {
    return DamagedFile.kept(database.file());
  }

  /** Copies the file as it is now, see {@link SqliteFile#backup}; gives the size of the copy. */
  public long backup(Path target) {
    readings.flush();
    return SqliteFile.backup(database.file(), target);
  }
}
