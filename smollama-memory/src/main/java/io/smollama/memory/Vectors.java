package io.smollama.memory;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The vectors of all items for one model. A write never waits for a vector: missing ones are made
 * in the background a little later, or when somebody recalls. Thread-safe.
 */
final class Vectors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vectors.class);

  /**
   * Long enough that what arrives together is embedded together, short beside a person's patience.
   */
  private static final Duration QUIET = Duration.ofSeconds(5);

  private static final int BATCH = 16;

  private final Database database;
  private final EmbeddingProvider embedder;
  private final VectorIndex index = new VectorIndex();
  private final ScheduledThreadPoolExecutor background;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private final Object filling = new Object();
  private boolean loaded;
  private volatile boolean closing;
  private volatile boolean tried;

  Vectors(Database database, EmbeddingProvider embedder) {
    this.database = database;
    this.embedder = embedder;
    this.background = new ScheduledThreadPoolExecutor(0, Vectors::daemon);
    this.background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "smollama-vectors");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  private record Missing(long item, KnowledgeKind kind, String text) {}

  /** Says that there may be items without a vector. */
  void fillSoon() {
    if (scheduled.compareAndSet(false, true)) {
      background.schedule(this::fillInBackground, QUIET.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void fillInBackground() {
    scheduled.set(false);
    try {
      fill();
    } catch (EmbeddingException | MemoryException e) {
      LOG.debug("Vectors are not filled in for now", e);
    }
  }

  /** Makes every missing vector now. */
  void fill() {
    synchronized (filling) {
      load();
      List<Missing> batch = database.read(this::missing);
      while (!batch.isEmpty() && !Thread.currentThread().isInterrupted()) {
        store(batch, embed(batch));
        batch = database.read(this::missing);
      }
    }
  }

  /** The vector of a question; empty, with the reason in {@link #failure}, if there is none. */
  Optional<Embedding> ofQuery(String question) {
    tried = true;
    try {
      Embedding vector = embedder.embedQuery(question);
      failure.set("");
      return Optional.of(vector);
    } catch (EmbeddingException e) {
      note(e);
      return Optional.empty();
    }
  }

  /** The vector of a statement; empty, with the reason in {@link #failure}, if there is none. */
  Optional<Embedding> ofText(String text) {
    tried = true;
    try {
      Embedding vector = embedder.embed(text);
      failure.set("");
      return Optional.of(vector);
    } catch (EmbeddingException e) {
      note(e);
      return Optional.empty();
    }
  }

  /** Every stored vector with its nearness to the query, nearest first. */
  List<VectorIndex.Near> scan(Embedding query, RecallQuery filter) {
    try {
      fill();
    } catch (EmbeddingException | MemoryException e) {
      LOG.debug("Recalling with the vectors that there are", e);
    }
    return index.scan(query, filter);
  }

  EmbeddingModel model() {
    return embedder.model();
  }

  /** Why the last attempt to embed failed; empty if it did not. */
  String failure() {
    return failure.get();
  }

  /** Whether anything was embedded, or tried to, since the start. */
  boolean tried() {
    return tried;
  }

  long missingCount() {
    return database.read(
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT count(*) FROM item WHERE NOT EXISTS"
                      + " (SELECT 1 FROM vector WHERE item = item.id AND model = ?)")) {
            query.setString(1, embedder.model().id());
            try (ResultSet rows = query.executeQuery()) {
              return rows.next() ? rows.getLong(1) : 0L;
            }
          }
        });
  }

  private List<Embedding> embed(List<Missing> batch) {
    tried = true;
    try {
      List<Embedding> made = embedder.embedAll(batch.stream().map(Missing::text).toList());
      failure.set("");
      return made;
    } catch (EmbeddingException e) {
      note(e);
      throw e;
    }
  }

  private void note(EmbeddingException e) {
    // A library that is torn down while it loads fails; that is no news at the end of a process.
    if (!closing && !e.getMessage().equals(failure.getAndSet(e.getMessage()))) {
      LOG.warn("Recall goes by words only: {}", e.getMessage());
    }
  }

  private void load() {
    if (!loaded) {
      database.read(this::loadAll);
      loaded = true;
    }
  }

  private int loadAll(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT item, kind, value FROM vector JOIN item ON item.id = vector.item"
                + " WHERE model = ?")) {
      query.setString(1, embedder.model().id());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          KnowledgeKind kind = KnowledgeKind.values()[rows.getInt("kind")];
          index.add(rows.getLong("item"), kind, VectorBytes.read(rows.getBytes("value")));
        }
      }
    }
    return index.size();
  }

  private List<Missing> missing(Connection connection) throws SQLException {
    List<Missing> found = new ArrayList<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id, kind, text FROM item WHERE NOT EXISTS"
                + " (SELECT 1 FROM vector WHERE item = item.id AND model = ?)"
                + " ORDER BY id DESC LIMIT ?")) {
      query.setString(1, embedder.model().id());
      query.setInt(2, BATCH);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          KnowledgeKind kind = KnowledgeKind.values()[rows.getInt("kind")];
          found.add(new Missing(rows.getLong("id"), kind, rows.getString("text")));
        }
      }
    }
    return found;
  }

  private void store(List<Missing> batch, List<Embedding> vectors) {
    database.write(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement("INSERT OR REPLACE INTO vector VALUES (?, ?, ?)")) {
            for (int i = 0; i < batch.size(); i++) {
              insert.setLong(1, batch.get(i).item());
              insert.setString(2, embedder.model().id());
              insert.setBytes(3, VectorBytes.of(vectors.get(i)));
              insert.addBatch();
            }
            return insert.executeBatch().length;
          }
        });
    for (int i = 0; i < batch.size(); i++) {
      index.add(batch.get(i).item(), batch.get(i).kind(), vectors.get(i));
    }
  }

  /** Ends the background work; the batch under way is finished or left for the next start. */
  @Override
  public void close() {
    closing = true;
    background.shutdownNow();
    try {
      if (!background.awaitTermination(3, TimeUnit.SECONDS)) {
        LOG.warn("An embedding is still under way; it is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
