package io.smollama.testkit;

import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/** A transport to a peer in the same process. Thread-safe. */
public final class InMemorySyncTransport implements SyncTransport {
  private final String name;
  private final SyncPeer peer;
  private final Set<CompletableFuture<byte[]>> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public InMemorySyncTransport(String name, SyncPeer peer) {
    this.name = name;
    this.peer = peer;
  }

  @Override
  public String peer() {
    return name;
  }

  @Override
  public byte[] ask(Call call, byte[] message) {
    byte[] sent = message.clone();
    CompletableFuture<byte[]> answer =
        CompletableFuture.supplyAsync(() -> peer.answer(call, sent), task -> daemon(task).start());
    underWay.add(answer);
    try {
      if (closed) {
        throw gone();
      }
      return answer.join().clone();
    } catch (CompletionException e) {
      throw e.getCause() instanceof SyncException failure
          ? told(failure)
          : new SyncException(name, Fault.BROKEN, "failed: " + e.getCause(), e);
    } catch (java.util.concurrent.CancellationException e) {
      throw gone();
    } finally {
      underWay.remove(answer);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "in-memory-peer");
    thread.setDaemon(true);
    return thread;
  }

  private SyncException gone() {
    return new SyncException(name, Fault.UNREACHABLE, "the transport was closed");
  }

  private SyncException told(SyncException failure) {
    return failure.retryAfter().isPresent()
        ? SyncException.busy(name, failure.getMessage(), failure.retryAfter().get())
        : new SyncException(name, failure.fault(), failure.getMessage(), failure);
  }

  @Override
  public void close() {
    closed = true;
    underWay.forEach(answer -> answer.cancel(false));
  }
}
