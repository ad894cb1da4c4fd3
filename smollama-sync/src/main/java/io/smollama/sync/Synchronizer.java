package io.smollama.sync;

import io.smollama.core.Frontier;
import io.smollama.core.SmollamaException;
import io.smollama.core.SyncException;
import io.smollama.core.SyncTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node's log and that of a peer alike: meets the peer at an interval and soon after new
 * knowledge, says all that there is to say each time, however long it takes, and goes on trying
 * when the peer is away. A thread of its own does that; nothing else waits for it.
 *
 * <p>It keeps nothing on disk: all is in the log, so that it may end at any moment. Thread-safe.
 */
public final class Synchronizer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Synchronizer.class);
  private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(10);

  private final SharedReplica replica;
  private final SyncTransport transport;
  private final SynchronizerConfig config;
  private final SyncSetup setup;
  private final Runnable received;
  private final BatchSize batch = new BatchSize();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SyncSchedule schedule;
  private volatile Optional<Frontier> believed = Optional.empty();
  private SyncStatus status;
  private volatile @Nullable Thread thread;
  private volatile boolean stopped;

  /**
   * A synchronizer that has not started.
   *
   * @param transport closed with it
   * @param received called after each exchange that brought entries, on its thread
   */
  public Synchronizer(
      SharedReplica replica,
      SyncTransport transport,
      SynchronizerConfig config,
      SyncSetup setup,
      Runnable received) {
    this.replica = replica;
    this.transport = transport;
    this.config = config;
    this.setup = setup;
    this.received = received;
    this.schedule = new SyncSchedule(config, setup.random(), setup.nanos().getAsLong());
    this.status = SyncStatus.ofNothing(transport.peer());
  }

  /** Begins, with an exchange at once. Calling it again, or after the close, does nothing. */
  public void start() {
    lock.lock();
    try {
      if (thread == null && !stopped) {
        Thread created = new Thread(this::run, "synchronizer");
        created.setDaemon(true);
        created.start();
        thread = created;
      }
    } finally {
      lock.unlock();
    }
  }

  /** New knowledge was written here; it is sent soon. Returns at once. */
  public void wake() {
    schedule(() -> schedule.wake(setup.nanos().getAsLong()));
  }

  /** Meets the peer now, whatever went wrong before. Returns at once. */
  public void syncNow() {
    schedule(() -> schedule.now(setup.nanos().getAsLong()));
  }

  private void schedule(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How things stand. */
  public SyncStatus status() {
    lock.lock();
    try {
      long wait = Math.max(0, schedule.waitAt(setup.nanos().getAsLong()));
      Optional<Instant> next =
          status.running() || stopped
              ? Optional.empty()
              : Optional.of(setup.clock().instant().plusNanos(wait));
      return status.due(next);
    } finally {
      lock.unlock();
    }
  }

  /**
   * What this node held when it and the peer had said all to each other last, and the peer holds on
   * durable storage; empty if they have not since the start, or the last exchange failed.
   */
  public Optional<Frontier> agreed() {
    return believed;
  }

  private void run() {
    while (awaitDue()) {
      meet();
    }
  }

  /** Whether there is something to do; not once it is stopped. */
  private boolean awaitDue() {
    lock.lock();
    try {
      long wait = schedule.waitAt(setup.nanos().getAsLong());
      while (wait > 0 && !stopped) {
        changed.awaitNanos(wait);
        wait = schedule.waitAt(setup.nanos().getAsLong());
      }
      return !stopped;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // somebody wants the thread to end
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** One exchange and what follows from how it ended. Nothing that it throws ends the thread. */
  void meet() {
    change(
        () -> {
          schedule.began();
          status = status.running(SyncProgress.NONE);
        });
    Optional<Frontier> held = Optional.empty();
    try {
      held = exchange();
    } catch (SyncException e) {
      failed(e.getMessage(), e.retryAfter(), !e.isRetryable());
    } catch (SmollamaException e) {
      failed(e.getMessage(), Optional.empty(), !e.isRetryable());
    } catch (RuntimeException | Error e) {
      LOG.error("An exchange with {} failed", transport.peer(), e);
      failed("something went wrong inside the node, its log says what", Optional.empty(), true);
    }
    believed = held;
    if (status().progress().received() > 0) {
      received.run();
    }
  }

  private Optional<Frontier> exchange() {
    Dialogue dialogue = new Dialogue(replica, transport, setup, batch, this::progressed);
    Exchange started = replica.exchange(config.scope(), Long.MAX_VALUE);
    started.take(config.streams());
    Dialogue.Outcome outcome = dialogue.run(started, believed, () -> stopped);
    Exchange exchange = outcome.exchange();
    if (exchange.refusedHere().isPresent()) {
      failed("this node's own disk is full or in use", exchange.refusedHere(), false);
    } else if (exchange.refusedThere().isPresent()) {
      String words = ": takes no more for now; its disk is full or the share of this day is used";
      failed(transport.peer() + words, exchange.refusedThere(), false);
    } else {
      change(() -> settled(exchange));
    }
    return outcome.held();
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  private void progressed(SyncProgress progress) {
    change(() -> status = status.running(progress));
  }

  private void settled(Exchange exchange) {
    if (stopped) {
      status = status.ended();
      return;
    }
    long now = setup.nanos().getAsLong();
    status = status.succeeded(exchange.standing(), setup.clock().instant());
    schedule.succeeded(now);
    if (exchange.isCutShort()) {
      schedule.wake(now);
    }
  }

  private void failed(String words, Optional<Duration> retryAfter, boolean needsMending) {
    lock.lock();
    try {
      if (!stopped) {
        LOG.info("{}", words);
        schedule.failed(setup.nanos().getAsLong(), retryAfter, needsMending);
        status = status.failed(words, setup.clock().instant(), needsMending);
      } else {
        status = status.ended();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends at once: what is under way on the network is broken off, what is being stored is stored.
   * Calling it again does nothing.
   */
  @Override
  public void close() {
    stopped = true;
    schedule(() -> {});
    transport.close();
    Thread running = thread;
    try {
      if (running != null && running != Thread.currentThread()) {
        running.join(LONGEST_FAREWELL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
