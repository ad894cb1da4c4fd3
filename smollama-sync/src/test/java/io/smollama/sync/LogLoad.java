package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.Point;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several servers at work over one log: each appends, and takes in what two devices push to it, one
 * of which pushes the same to all servers. What fails and is worth it is tried again, at once.
 */
final class LogLoad implements AutoCloseable {
  private static final int RUN = 5;
  private static final List<NewEntry> TOGETHER =
      List.of(new NewEntry("obs.add", "1"), new NewEntry("obs.add", "2"));

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> work = new ArrayList<>();
  private final Set<EntryId> acknowledged = ConcurrentHashMap.newKeySet();
  private final List<Entry> appended = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore progress = new Semaphore(0);
  private final AtomicInteger failures = new AtomicInteger();
  private volatile boolean stopped;

  LogLoad(List<? extends LogStore> stores) {
    for (int i = 0; i < stores.size(); i++) {
      LogStore store = stores.get(i);
      long device = 100 + i;
      work.add(threads.submit(() -> append(store)));
      work.add(threads.submit(() -> push(store, Lines.chain(device))));
      work.add(threads.submit(() -> push(store, Lines.chain(50))));
    }
  }

  private void append(LogStore store) {
    Replica replica = new Replica(store, "server", Lines.freshIds());
    while (!stopped) {
      try {
        List<Entry> entries = replica.append(ChainId.KNOWLEDGE, TOGETHER, Lines.NOW);
        appended.addAll(entries);
        acknowledge(entries);
      } catch (JournalException e) {
        failed(e);
      }
    }
  }

  private void push(LogStore store, ChainId chain) {
    Replica replica = new Replica(store, "server", Lines.freshIds());
    Point head = Point.START;
    while (!stopped) {
      List<Entry> run = Lines.after(chain, head, head.seq(), RUN, "pushed");
      try {
        Verdict verdict = replica.takeIn(List.of(Run.of(run)), Long.MAX_VALUE, Lines.NOW).get(0);
        if (verdict.acknowledges()) {
          acknowledge(run);
          Entry last = run.get(RUN - 1);
          head = new Point(last.header().seq(), last.id());
        } else {
          failures.incrementAndGet();
        }
      } catch (JournalException e) {
        failed(e);
      }
    }
  }

  private void failed(JournalException e) {
    failures.incrementAndGet();
    if (!e.isRetryable()) {
      throw e;
    }
  }

  private void acknowledge(List<Entry> entries) {
    entries.forEach(entry -> acknowledged.add(entry.id()));
    progress.release(entries.size());
  }

  /** Waits until so many more entries were acknowledged. */
  void awaitMore(int entries) throws InterruptedException {
    progress.drainPermits();
    progress.acquire(entries);
  }

  /** Ends the work; fails if one of the threads has. */
  void stop() throws Exception {
    stopped = true;
    for (Future<?> one : work) {
      one.get();
    }
  }

  /** How often something was not acknowledged. */
  int failures() {
    return failures.get();
  }

  /** Everything that was acknowledged, appended or taken in. */
  Set<EntryId> acknowledged() {
    return acknowledged;
  }

  /** What was acknowledged of the servers' own entries. */
  List<Entry> appended() {
    return appended;
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
