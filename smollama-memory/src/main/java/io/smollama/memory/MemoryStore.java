package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.EmbeddingProvider;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Everything that a node remembers, in one SQLite file. What is observed or remembered goes to the
 * journal first and is then applied here; what the journal gained elsewhere is applied by {@link
 * #catchUp}. Failures of the file are {@link MemoryException}s. Thread-safe.
 */
public final class MemoryStore implements AutoCloseable {
  private final Database database;
  private final Journal journal;
  private final JournalView view;
  private final String node;
  private final ReadingHistory readings;
  private final Optional<Vectors> vectors;
  private final Recall recall;
  private boolean closed;

  private MemoryStore(
      Database database,
      Journal journal,
      Optional<EmbeddingProvider> embedder,
      InstantSource clock,
      Settings settings) {
    this.database = database;
    this.journal = journal;
    this.view = new JournalView(database, journal);
    this.node = settings.node();
    this.readings = new ReadingHistory(database, clock, settings.config().commitInterval());
    RecallIndex index = new RecallIndex(database, embedder.map(EmbeddingProvider::model));
    this.vectors = embedder.map(provider -> new Vectors(database, index, provider, clock));
    this.recall = new Recall(database, index, vectors, clock);
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
    Database database = Database.open(file);
    return start(
        new MemoryStore(
            database,
            new LocalJournal(database, clock),
            Optional.of(embedder),
            clock,
            new Settings("local", MemoryConfig.defaults())));
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
    Database database = Database.open(file);
    if (database.read(LocalJournal::isUsed)) {
      database.close();
      throw new MemoryException(
          file.toString(),
          "was used alone and keeps its own journal; name another file",
          false,
          null);
    }
    return start(new MemoryStore(database, journal, embedder, clock, settings));
  }

  private static MemoryStore start(MemoryStore store) {
    try {
      store.readings.load();
      store.view.load();
      store.catchUp();
      store.vectors.ifPresent(Vectors::fillSoon);
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** The history of readings. */
  public ReadingHistory readings() {
    return readings;
  }

  /** Records something noticed. */
  public Observation observe(NewObservation observation) {
    JournalEntry entry =
        journal.append(
            ChainId.KNOWLEDGE, Payloads.OBS_ADD, Payloads.observation(observation, node));
    catchUp();
    return new Observation(
        entry.id(),
        observation.text(),
        observation.type(),
        observation.confidence(),
        observation.sources(),
        entry.wall(),
        node,
        observation.provenance());
  }

  /** Remembers a fact. One that is known already is confirmed instead of kept twice. */
  public Remembered remember(NewMemory fact) {
    Optional<Memory> known = known(fact.fact());
    JournalEntry entry =
        known.isPresent()
            ? journal.append(
                ChainId.KNOWLEDGE,
                Payloads.MEM_CONFIRM,
                Payloads.confirmation(known.get().id(), fact.provenance()))
            : journal.append(ChainId.KNOWLEDGE, Payloads.MEM_ADD, Payloads.memory(fact, node));
    catchUp();
    var id = known.map(Memory::id).orElse(entry.id());
    Memory memory = database.read(connection -> Knowledge.memory(connection, id).orElseThrow());
    return new Remembered(memory, known.isPresent());
  }

  private Optional<Memory> known(String fact) {
    Optional<Memory> verbatim =
        database.read(connection -> Knowledge.memoryInTheseWords(connection, fact));
    if (verbatim.isPresent() || vectors.isEmpty()) {
      return verbatim;
    }
    RecallFilter facts = RecallFilter.SHOWN.ofKinds(Set.of(KnowledgeKind.MEMORY));
    return vectors
        .get()
        .ofText(fact)
        .flatMap(vector -> recall.nearest(vector, facts))
        .flatMap(
            near ->
                database
                    .read(connection -> Knowledge.memory(connection, (long) near.item()))
                    .filter(
                        memory ->
                            FactSimilarity.same(
                                fact, memory.fact(), near.cosine(), vectors.get().model())));
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

  /** The latest facts, newest first. */
  public List<Memory> memories(int limit) {
    return database.read(connection -> Knowledge.memories(connection, limit));
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
    long observations = count("item WHERE kind = 0");
    long memories = count("item WHERE kind = 1");
    VectorProgress vectors = vectorProgress();
    return new MemoryStats(
        readings.count(), observations, memories, vectors.done(), vectors.total() - vectors.done());
  }

  /** How many texts can be found by meaning, and why no more. */
  public VectorProgress vectorProgress() {
    return vectors.map(Vectors::progress).orElseGet(() -> recall.withoutEmbedder());
  }

  /**
   * Makes the vectors that are missing now instead of in the background: after an import, before
   * many recalls. Ends early if the embedder fails; the next call goes on from there.
   *
   * @param listener told after every few texts, on this thread
   */
  public VectorProgress fillVectors(Consumer<VectorProgress> listener) {
    return vectors.map(all -> all.fill(listener)).orElseGet(this::vectorProgress);
  }

  /**
   * Makes everything that recall searches anew: the index of words and all vectors.
   *
   * @param listener told after every few texts, on this thread
   */
  public VectorProgress reindex(Consumer<VectorProgress> listener) {
    recall.remakeText();
    return vectors.map(all -> all.fillAnew(listener)).orElseGet(this::vectorProgress);
  }

  /** Whether the embedder was used since the start; until then nobody knows whether it works. */
  public boolean embeddingTried() {
    return vectors.map(Vectors::tried).orElse(false);
  }

  /** Why nothing can be embedded at present; empty if it can or was not tried. */
  public String embeddingFailure() {
    return vectors.map(Vectors::failure).orElse("no embedder is configured");
  }

  private long count(String what) {
    return database.read(connection -> count(connection, what));
  }

  private static long count(Connection connection, String what) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT count(*) FROM " + what);
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
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
