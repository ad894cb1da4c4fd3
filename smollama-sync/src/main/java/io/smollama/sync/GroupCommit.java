package io.smollama.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads share one commit. Whoever gets the lock writes for all that wait for it; a thread
 * that finds its item written has nothing to do. Alone, a thread never waits for others.
 * Thread-safe.
 */
final class GroupCommit<T, R> {
  private static final int LARGEST = 64;

  private final Lock turn;
  private final Function<List<T>, List<R>> commit;
  private final Queue<Waiting<T, R>> queue = new ConcurrentLinkedQueue<>();

  /** The commit gives one result for each item, in their order, or throws and keeps none. */
  GroupCommit(Lock turn, Function<List<T>, List<R>> commit) {
    this.turn = turn;
    this.commit = commit;
  }

  R submit(T item) {
    Waiting<T, R> mine = new Waiting<>(item);
    queue.add(mine);
    turn.lock();
    try {
      while (mine.isWaiting()) {
        commitNext();
      }
    } finally {
      turn.unlock();
    }
    return mine.outcome();
  }

  private void commitNext() {
    List<Waiting<T, R>> batch = new ArrayList<>();
    while (batch.size() < LARGEST && queue.peek() != null) {
      batch.add(queue.remove());
    }
    try {
      List<R> results = commit.apply(batch.stream().map(w -> w.item).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result = results.get(i);
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(waiting -> waiting.failure = e);
    }
  }

  private static final class Waiting<T, R> {
    private final T item;
    private @Nullable R result;
    private @Nullable Throwable failure;

    Waiting(T item) {
      this.item = item;
    }

    boolean isWaiting() {
      return result == null && failure == null;
    }

    R outcome() {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      if (result == null) {
        throw new IllegalStateException("Nobody wrote " + item);
      }
      return result;
    }
  }
}
