package io.smollama.memory;

import io.smollama.core.AuditTrail;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.EntryId;
import io.smollama.core.Journal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a node remembers, in one SQLite file. What is observed or remembered goes to the
 * journal first and is then applied here; what the journal gained elsewhere is applied by {@link
 * #catchUp}. Failures of the file are {@link MemoryException}s. Thread-safe.
 */
public final class MemoryStore implements AutoCloseable {
  private final Database database;
  private final JournalView view;
  private final KnowledgeLog log;
  private final InstantSource clock;
  private final ReadingHistory readings;
  private final ReadingShare share;
  private final Optional<Vectors> vectors;
  private final Recall recall;
  private final Remembering remembering;
  private final Corrections corrections;
  private final AuditTrail audit;
  private final Archive archive;
  private final Upkeep upkeep;
  private boolean closed;

  MemoryStore(
      Database database,
      Journal journal,
      Optional<EmbeddingProvider> embedder,
      InstantSource clock,
      Settings settings) {
    this.database = database;
    this.log = new KnowledgeLog(journal, this::catchUp, settings.node());
    this.clock = clock;
    MemoryConfig config = settings.config();
    FreeSpace space = FreeSpace.of(database.file(), config.minFreeMegabytes() * 1_000_000L);
    this.readings = new ReadingHistory(database, clock, config.commitInterval(), space);
    this.view = new JournalView(database, journal, readings);
    this.share =
        new ReadingShare(database, readings, journal, this::catchUp, settings.node(), clock);
    RecallIndex index = new RecallIndex(database, embedder.map(EmbeddingProvider::model));
    this.vectors = embedder.map(provider -> new Vectors(database, index, provider, clock));
    this.recall = new Recall(database, index, vectors, clock);
    this.remembering = new Remembering(database, log, recall, vectors, clock);
    this.corrections = new Corrections(database, log);
    this.audit = new ActAudit(database, log);
    this.archive = new Archive(database, journal, this::catchUp, readings, settings.node());
    this.upkeep = new Upkeep(database, recall, vectors, readings, corrections, settings.config());
  }

  /**
   * What a store needs to know besides its parts. Immutable.
   *
   * @param node the name of this node, written on what it records
   * @param config the section {@code memory} of the configuration
   */
  public record Settings(String node, MemoryConfig config) {}

  /**
   * Opens a memory that is used alone, with its journal in the same file.
   *
   * @param file the SQLite file; made, with its folders, if it is not there
   * @param embedder for recall by meaning; not closed by the store
   */
  public static MemoryStore open(Path file, EmbeddingProvider embedder, InstantSource clock) {
    return MemoryOpening.alone(file, embedder, clock);
  }

  /**
   * Opens a memory over a journal that others write to as well.
   *
   * @param file the SQLite file; made, with its folders, if it is not there
   * @param journal what is known; not closed by the store
   * @param embedder for recall by meaning, not closed by the store; empty for recall by words
   */
  public static MemoryStore open(
      Path file,
      Journal journal,
      Optional<EmbeddingProvider> embedder,
      InstantSource clock,
      Settings settings) {
    return MemoryOpening.over(file, journal, embedder, clock, settings);
  }

  /**
   * Opens a memory to read it beside the process that writes to it, whose commits are seen by the
   * next call. What would write is a {@link MemoryException}; recall is by words.
   */
  public static MemoryStore openReadOnly(Path file, InstantSource clock) {
    return MemoryOpening.readOnly(file, clock);
  }

  /** Reads what the file has, and catches up with the journal. */
  void begin() {
    readings.load();
    view.load();
    catchUp();
    vectors.ifPresent(Vectors::fillSoon);
  }

  /** The history of readings. */
  public ReadingHistory readings() {
    return readings;
  }

  /** What puts readings into the journal. */
  public ReadingShare share() {
    return share;
  }

  /** Records something noticed. */
  public Observation observe(NewObservation observation) {
    EntryId id = log.append(Payloads.OBS_ADD, Payloads.observation(observation, log.node())).id();
    return observation(id)
        .orElseThrow(() -> new IllegalStateException("The journal does not give back " + id));
  }

  /**
   * Remembers a fact. One that is known already is confirmed instead of kept twice; one that says
   * something else of the same thing takes the place of the older.
   *
   * @throws IllegalArgumentException if it is to replace a fact that there is not
   */
  public Remembered remember(NewMemory fact) {
    return remembering.remember(fact);
  }

  /** Confirms, disputes, edits, retracts, restores and merges what is known; tells who did. */
  public Corrections corrections() {
    return corrections;
  }

  /** Keeps what is done to outputs in the journal. */
  public AuditTrail audit() {
    return audit;
  }

  /** Everything as lines, and lines from elsewhere. */
  public Archive archive() {
    return archive;
  }

  /** What keeps it in good order over years. */
  public Upkeep upkeep() {
    return upkeep;
  }

  /** Finds observations and facts by words and by meaning, best first. */
  public RecallResult recall(RecallQuery query) {
    return recall.recall(query);
  }

  /**
   * The latest observations, newest first.
   *
   * @param type only of this type; empty for all
   * @param since only those recorded at or after; those without a time are always given
   * @param limit the most to return, at least 1
   */
  public List<Observation> observations(Optional<ObservationType> type, Instant since, int limit) {
    return database.read(connection -> Knowledge.observations(connection, type, since, limit));
  }

  /** An observation, a hidden one too; empty if there is none of this id. */
  public Optional<Observation> observation(EntryId id) {
    return database.read(connection -> Knowledge.observation(connection, id));
  }

  /**
   * An observation by its id or the first digits of it.
   *
   * @throws IllegalArgumentException if there are fewer than 6 digits or several observations
   */
  public Optional<Observation> observation(String id) {
    return database.read(connection -> Knowledge.observation(connection, id));
  }

  /** The facts said last that are active and true now, newest first. */
  public List<Memory> memories(int limit) {
    return memories(MemoryFilter.trueAt(clock.instant(), limit));
  }

  /** The facts said last that fit, newest first. */
  public List<Memory> memories(MemoryFilter filter) {
    return database.read(connection -> Knowledge.memories(connection, filter));
  }

  /** A fact, or what it was merged into; empty if there is none of this id. */
  public Optional<Memory> memory(EntryId id) {
    return database.read(connection -> Knowledge.memory(connection, id));
  }

  /** A fact by its id or the first digits of it, as {@link #observation(String)}. */
  public Optional<Memory> memory(String id) {
    return database.read(connection -> Knowledge.memory(connection, id));
  }

  /** Applies what the journal has gained. */
  public void catchUp() {
    Set<Long> changed = view.catchUp();
    if (!changed.isEmpty()) {
      recall.changed(changed);
      vectors.ifPresent(Vectors::fillSoon);
    }
  }

  /** How much is remembered. */
  public MemoryStats stats() {
    return upkeep.stats();
  }

  /** Writes what is staged and closes the file. Calling it again does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    vectors.ifPresent(Vectors::close);
    try {
      readings.flush();
    } finally {
      database.close();
    }
  }
}
