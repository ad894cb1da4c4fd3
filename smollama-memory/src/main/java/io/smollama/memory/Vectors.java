package io.smollama.memory;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the vectors that are missing. A write never waits for one: they are made in the background
 * a little later, the newest first, or when somebody recalls and few are missing. In the background
 * one thread is enough, for a node has more to do; when somebody waits for them, all processors are
 * used, and the background makes room. An embedder that fails is tried again after a while that
 * doubles each time. Thread-safe.
 */
final class Vectors implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Vectors.class);

  /**
   * Long enough that what arrives together is embedded together, short beside a person's patience.
   */
  private static final Duration QUIET = Duration.ofSeconds(5);

  /** So many a recall makes itself, in less than a second with the built-in model on a small Pi. */
  private static final int FEW = 64;

  /** How long a recall waits for its turn to make them. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** How long closing waits for what is under way. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Database database;
  private final RecallIndex index;
  private final Embedder embedder;
  private final VectorBatch batches;
  private final int threads;
  private final ScheduledThreadPoolExecutor background;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final ReentrantLock filling = new ReentrantLock();

  private volatile boolean closing;

  Vectors(Database database, RecallIndex index, EmbeddingProvider provider, InstantSource clock) {
    this(database, index, provider, clock, Runtime.getRuntime().availableProcessors());
  }

  /**
   * @param threads so many embed when somebody waits
   */
  Vectors(
      Database database,
      RecallIndex index,
      EmbeddingProvider provider,
      InstantSource clock,
      int threads) {
    this.database = database;
    this.index = index;
    this.embedder = new Embedder(provider, clock);
    this.batches = new VectorBatch(embedder, this::note);
    this.threads = threads;
    this.background = new ScheduledThreadPoolExecutor(0, Vectors::daemon);
    this.background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "smollama-vectors");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    return thread;
  }

  /** Says that there may be items without a vector. */
  void fillSoon() {
    if (!closing && scheduled.compareAndSet(false, true)) {
      Duration wait = embedder.wait(QUIET);
      background.schedule(this::fillInBackground, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** What the background does; of its own accord only after a while. */
  void fillInBackground() {
    scheduled.set(false);
    boolean more = false;
    try {
      fill(1, () -> closing || filling.hasQueuedThreads(), progress -> {});
      more = index.missing() > batches.refused().size();
    } catch (MemoryException e) {
      LOG.debug("Vectors are not filled in for now", e);
    }
    if (more || !embedder.failure().isEmpty()) {
      fillSoon();
    }
  }

  /** Makes what is missing if it is little and the embedder works. */
  void fillFew() {
    int missing = index.missing();
    if (missing > 0 && missing <= FEW && embedder.mayTry() && isOurTurn()) {
      try {
        fill(progress -> {});
      } catch (MemoryException e) {
        LOG.debug("Recalling with the vectors that there are", e);
      } finally {
        filling.unlock();
      }
    }
  }

  /**
   * Whoever fills them already is soon done if they are few; to find nothing meanwhile is worse.
   */
  private boolean isOurTurn() {
    try {
      return filling.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Makes every missing vector now, or as many as the embedder will.
   *
   * @param listener told after every commit, on this thread
   */
  VectorProgress fill(Consumer<VectorProgress> listener) {
    return fill(threads, () -> closing, listener);
  }

  private VectorProgress fill(
      int atOnce, BooleanSupplier ending, Consumer<VectorProgress> listener) {
    filling.lock();
    try {
      index.load();
      new VectorFill(database, index, batches, ending)
          .run(atOnce, () -> listener.accept(progress()));
      if (index.missing() == 0) {
        index.dropOtherModels();
      }
      return progress();
    } finally {
      filling.unlock();
    }
  }

  /** Drops every vector and makes all anew. */
  VectorProgress fillAnew(Consumer<VectorProgress> listener) {
    filling.lock();
    try {
      index.load();
      index.dropVectors();
      batches.forgetRefused();
      return fill(listener);
    } finally {
      filling.unlock();
    }
  }

  /** The vector of a question; empty, with the reason in {@link #failure}, if there is none. */
  Optional<Embedding> ofQuery(String question) {
    return unlessFailing(() -> embedder.question(question));
  }

  /** The vector of a statement; empty, with the reason in {@link #failure}, if there is none. */
  Optional<Embedding> ofText(String text) {
    return unlessFailing(() -> embedder.statement(text));
  }

  private Optional<Embedding> unlessFailing(Supplier<Embedding> work) {
    String before = embedder.failure();
    try {
      return Optional.of(work.get());
    } catch (EmbeddingException e) {
      note(before, e);
      return Optional.empty();
    }
  }

  private void note(String before, EmbeddingException e) {
    // A library that is torn down while it loads fails; that is no news at the end of a process.
    if (!closing && !e.getMessage().equals(before)) {
      LOG.warn("Recall goes by words only: {}", e.getMessage());
    }
  }

  EmbeddingModel model() {
    return embedder.model();
  }

  /** Why the last attempt to embed failed; empty if it did not. */
  String failure() {
    return embedder.failure();
  }

  /** Whether anything was embedded, or tried to, since the start. */
  boolean tried() {
    return embedder.tried();
  }

  VectorProgress progress() {
    index.load();
    long total = index.marks().count();
    return new VectorProgress(model().id(), total - index.missing(), total, failure());
  }

  /** Ends what makes vectors, in the background or not; what is under way is stored or left. */
  @Override
  public void close() {
    closing = true;
    background.shutdownNow();
    try {
      if (filling.tryLock(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        filling.unlock();
      } else {
        LOG.warn("An embedding is still under way; it is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
