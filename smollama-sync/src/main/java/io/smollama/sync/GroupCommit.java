package io.smollama.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets threads share one commit. Who finds nobody committing commits for all that wait; those whose
 * items it wrote go on at once, one of the others commits next. Alone, a thread never waits.
 * Thread-safe.
 */
final class GroupCommit<T, R> {
  private static final int LARGEST = 64;

  private final Function<List<T>, List<R>> commit;
  private final Queue<Waiting<T, R>> queue = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private boolean committing;

  /** The commit gives one result for each item, in their order, or throws and keeps none. */
  GroupCommit(Function<List<T>, List<R>> commit) {
    this.commit = commit;
  }

  R submit(T item) {
    Waiting<T, R> mine = new Waiting<>(item, lock.newCondition());
    lock.lock();
    try {
      queue.add(mine);
      while (mine.isWaiting()) {
        if (committing) {
          mine.turn.awaitUninterruptibly();
        } else {
          commitNext();
        }
      }
      return mine.outcome();
    } finally {
      lock.unlock();
    }
  }

  /** How many items no commit has taken up yet. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of the lock while it commits, so that the next batch can gather. */
  private void commitNext() {
    List<Waiting<T, R>> batch = new ArrayList<>();
    while (batch.size() < LARGEST && !queue.isEmpty()) {
      batch.add(queue.remove());
    }
    committing = true;
    lock.unlock();
    try {
      commit(batch);
    } finally {
      lock.lock();
      committing = false;
      batch.forEach(done -> done.turn.signal());
      if (!queue.isEmpty()) {
        queue.element().turn.signal(); // who commits next
      }
    }
  }

  private void commit(List<Waiting<T, R>> batch) {
    try {
      List<R> results = commit.apply(batch.stream().map(waiting -> waiting.item).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).result = results.get(i);
      }
    } catch (RuntimeException | Error e) {
      batch.forEach(waiting -> waiting.failure = e);
    }
  }

  private static final class Waiting<T, R> {
    private final T item;
    private final Condition turn;
    private @Nullable R result;
    private @Nullable Throwable failure;

    Waiting(T item, Condition turn) {
      this.item = item;
      this.turn = turn;
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
