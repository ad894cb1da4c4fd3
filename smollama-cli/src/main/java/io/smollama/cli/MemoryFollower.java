package io.smollama.cli;

import io.smollama.core.ChainId;
import io.smollama.core.SmollamaException;
import io.smollama.memory.MemoryStore;
import io.smollama.sync.SqliteJournal;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a memory apply what its journal gains from other nodes, in a thread of its own: once for all
 * that has come by then. What this node writes itself the memory applies by itself. Thread-safe.
 */
final class MemoryFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryFollower.class);

  private static final int LONGEST_CLOSE_SECONDS = 20;

  private final SqliteJournal journal;
  private final MemoryStore memory;
  private final ExecutorService thread = Executors.newSingleThreadExecutor(MemoryFollower::daemon);
  private final AtomicBoolean due = new AtomicBoolean();
  private final Runnable end;

  private MemoryFollower(SqliteJournal journal, MemoryStore memory) {
    this.journal = journal;
    this.memory = memory;
    this.end = journal.replica().onGrowth(this::grown);
  }

  static MemoryFollower start(SqliteJournal journal, MemoryStore memory) {
    return new MemoryFollower(journal, memory);
  }

  private void grown(Set<ChainId> chains) {
    boolean news =
        chains.stream()
            .anyMatch(
                chain ->
                    chain.stream() == ChainId.CONTROL // dates what was written before
                        || !chain.origin().equals(journal.origin()));
    if (news && due.compareAndSet(false, true)) {
      try {
        thread.execute(this::catchUp);
      } catch (RejectedExecutionException e) {
        LOG.debug("Closed while entries arrived; the next start applies them");
      }
    }
  }

  private void catchUp() {
    due.set(false);
    try {
      memory.catchUp();
    } catch (SmollamaException e) {
      LOG.warn("What other nodes know waits to be applied: {}", e.getMessage());
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "smollama-memory-follower");
    thread.setDaemon(true);
    return thread;
  }

  /** Waits until what is being applied is; the rest is applied at the next start. */
  @Override
  public void close() {
    end.run();
    thread.shutdown();
    try {
      if (!thread.awaitTermination(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("What other nodes know is still being applied; the next start goes on with it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
