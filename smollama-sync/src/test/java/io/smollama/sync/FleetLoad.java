package io.smollama.sync;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Devices that meet a server at a given rate, whether or not it keeps up: each exchange has a
 * moment at which it is due, and its time counts from then.
 */
final class FleetLoad {
  private static final int CONNECTIONS = 256;

  private final int port;
  private final List<FleetDevice> devices;
  private final List<String> tokens;
  private final AtomicLong turn = new AtomicLong();
  private final Map<String, Long> failures = new ConcurrentSkipListMap<>();

  FleetLoad(int port, List<FleetDevice> devices, List<String> tokens) {
    this.port = port;
    this.devices = devices;
    this.tokens = tokens;
  }

  /**
   * What came of it.
   *
   * @param nanos how long each acknowledged exchange took from when it was due, the shortest first
   * @param failed how many were not acknowledged
   * @param lasted from the first to the end of the last
   */
  record Outcome(long[] nanos, long failed, long lasted) {
    double millis(double share) {
      return nanos.length == 0
          ? Double.NaN
          : nanos[(int) Math.min(nanos.length - 1, share * nanos.length)] / 1e6;
    }

    double perSecond() {
      return nanos.length / (lasted / 1e9);
    }
  }

  /** Exchanges at a rate for a time; devices take turns. */
  Outcome run(int perSecond, int seconds) throws InterruptedException {
    long[] nanos = new long[perSecond * seconds];
    AtomicLong next = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    long start = System.nanoTime() + 100_000_000L;
    long first = turn.getAndAdd(nanos.length);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread thread =
          new Thread(
              () -> {
                try (Caller caller = new Caller()) {
                  for (int at = (int) next.getAndIncrement();
                      at < nanos.length;
                      at = (int) next.getAndIncrement()) {
                    long due = start + (long) (at * 1e9 / perSecond);
                    boolean done = caller.exchange((int) ((first + at) % devices.size()), due);
                    nanos[at] = done ? System.nanoTime() - due : Long.MAX_VALUE;
                    failed.addAndGet(done ? 0 : 1);
                  }
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    long lasted = System.nanoTime() - start;
    Arrays.sort(nanos);
    return new Outcome(
        Arrays.copyOf(nanos, nanos.length - (int) failed.get()), failed.get(), lasted);
  }

  /** Why exchanges failed, and how many for each reason. */
  Map<String, Long> failures() {
    return failures;
  }

  private void note(String failure) {
    failures.merge(failure, 1L, Long::sum);
  }

  /** One connection, which devices use after one another. */
  private final class Caller implements AutoCloseable {
    private FleetConnection connection = connect();

    private FleetConnection connect() {
      try {
        return new FleetConnection(port);
      } catch (IOException e) {
        throw new IllegalStateException("The server cannot be reached", e);
      }
    }

    /** Whether the server acknowledged what was new. */
    boolean exchange(int number, long due) {
      FleetDevice device = devices.get(number);
      byte[] packed = SyncWire.gzip(SyncWire.encode(device.news()));
      byte[] request = connection.request(tokens.get(number), packed);
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      try {
        FleetConnection.Answer answer = connection.ask(request);
        boolean done =
            answer.status() == 200
                && device.accept(SyncWire.decode(SyncWire.gunzip(answer.body())));
        if (!done) {
          note(answer.status() == 200 ? "not all was taken" : "status " + answer.status());
        }
        return done;
      } catch (IOException e) {
        note(String.valueOf(e.getMessage()));
        close();
        connection = connect();
        return false;
      }
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
