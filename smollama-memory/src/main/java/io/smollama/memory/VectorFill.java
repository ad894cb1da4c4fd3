package io.smollama.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One run over the texts that lack a vector, the newest first. A few at a time are embedded on
 * several threads, which last as long as the run; what they made is stored by the caller's thread,
 * many in one commit. One thread at a time.
 */
final class VectorFill {
  /** So many are embedded between two looks at whether the run is to end. */
  private static final int BATCH = 8;

  /** A commit of a few vectors writes twice the bytes for each that one of many does. */
  private static final int STORED_AT_ONCE = 64;

  private final Database database;
  private final RecallIndex index;
  private final VectorBatch batches;
  private final BooleanSupplier ending;
  private final Deque<FutureTask<Batch>> underWay = new ArrayDeque<>();
  private final Set<Integer> taken = new HashSet<>();
  private final List<VectorTable.Made> made = new ArrayList<>();
  private volatile boolean stopped;

  VectorFill(Database database, RecallIndex index, VectorBatch batches, BooleanSupplier ending) {
    this.database = database;
    this.index = index;
    this.batches = batches;
    this.ending = ending;
  }

  /** What became of some items: how many are still there, and those that have a vector now. */
  private record Batch(int[] items, int found, List<VectorTable.Made> made) {}

  /**
   * Ends when no text lacks a vector, the embedder fails or the run is to end. The first batch is
   * for the caller's thread: it loads the model, or tells that there is none.
   *
   * @param threads how many embed at once; with one it is the caller's
   * @param stored run after each commit
   */
  void run(int threads, Runnable stored) {
    ExecutorService crew = Executors.newFixedThreadPool(threads, VectorFill::daemon);
    try {
      Executor executor = Runnable::run;
      begin(executor, 1);
      while (!underWay.isEmpty()) {
        take(join(underWay.remove()));
        if (made.size() >= STORED_AT_ONCE || underWay.isEmpty()) {
          store(stored);
        }
        executor = threads == 1 ? executor : crew;
        begin(executor, 2 * threads);
      }
    } finally {
      stopped = true;
      crew.shutdown();
      underWay.forEach(VectorFill::leave);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "smollama-vectors-fill");
    thread.setDaemon(true);
    return thread;
  }

  private void begin(Executor executor, int most) {
    while (underWay.size() < most && !isToStop()) {
      Set<Integer> except = new HashSet<>(taken);
      except.addAll(batches.refused());
      int[] items = index.newestMissing(BATCH, except);
      if (items.length == 0) {
        return;
      }
      IntStream.of(items).forEach(taken::add);
      FutureTask<Batch> task = new FutureTask<>(() -> make(items));
      underWay.add(task);
      executor.execute(task);
    }
  }

  private boolean isToStop() {
    return stopped || ending.getAsBoolean() || Thread.currentThread().isInterrupted();
  }

  private Batch make(int[] items) {
    if (isToStop()) {
      return new Batch(items, items.length, List.of());
    }
    List<VectorBatch.Text> texts = database.read(c -> VectorBatch.texts(c, items));
    List<VectorTable.Made> vectors = batches.embed(texts);
    stopped |= vectors.isEmpty() && !texts.isEmpty();
    return new Batch(items, texts.size(), vectors);
  }

  private void take(Batch batch) {
    IntStream.of(batch.items()).forEach(taken::remove);
    if (batch.found() < batch.items().length) {
      index.changed(
          IntStream.of(batch.items()).mapToObj(Long::valueOf).collect(Collectors.toSet()));
    }
    batch.made().forEach(one -> taken.add(one.item()));
    made.addAll(batch.made());
  }

  private void store(Runnable stored) {
    if (!made.isEmpty()) {
      index.store(made);
      made.forEach(one -> taken.remove(one.item()));
      made.clear();
      stored.run();
      if (index.isOffCentre()) {
        index.recentre();
      }
    }
  }

  /** Waits although interrupted: who ends the run closes what its threads use. */
  private static Batch join(FutureTask<Batch> task) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The run has failed already, and this is not why. */
  private static void leave(FutureTask<Batch> task) {
    try {
      join(task);
    } catch (RuntimeException e) {
      return;
    }
  }
}
