package io.smollama.testkit;

import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A transport that loses requests and answers, delivers twice, delivers long after the asker gave
 * up, and cuts and flips what it carries: as a seed says. It does what it is told from then on by
 * {@link #trouble}. Thread-safe.
 */
public final class UnreliableSyncTransport implements SyncTransport {
  private final SyncTransport inner;
  private final SplittableRandom random;
  private final List<Runnable> delayed = new ArrayList<>();
  private int percent;

  /**
   * A transport around another.
   *
   * @param percent of the calls that each of the troubles befalls, 0 to 100
   */
  public UnreliableSyncTransport(SyncTransport inner, long seed, int percent) {
    this.inner = inner;
    this.random = new SplittableRandom(seed);
    this.percent = percent;
  }

  /** From now on, each of the troubles befalls so many percent of the calls. */
  public synchronized void trouble(int percentFromNow) {
    percent = percentFromNow;
  }

  private synchronized boolean troubled() {
    return random.nextInt(100) < percent;
  }

  @Override
  public String peer() {
    return inner.peer();
  }

  @Override
  public byte[] ask(Call call, byte[] message) {
    byte[] sent = troubled() ? damaged(message) : message;
    if (troubled()) {
      delay(() -> inner.ask(call, sent));
      throw lost("no answer in time");
    }
    deliverOneOfTheDelayed();
    if (troubled()) {
      throw lost("the request was lost");
    }
    if (troubled()) {
      inner.ask(call, sent);
    }
    byte[] answer = inner.ask(call, sent);
    if (troubled()) {
      throw lost("the answer was lost");
    }
    return troubled() ? damaged(answer) : answer;
  }

  private SyncException lost(String how) {
    return new SyncException(peer(), Fault.UNREACHABLE, how);
  }

  private synchronized byte[] damaged(byte[] message) {
    byte[] damaged = message.clone();
    if (random.nextBoolean()) {
      return java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
    }
    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    return damaged;
  }

  private synchronized void delay(Runnable delivery) {
    delayed.add(delivery);
  }

  private synchronized Runnable takeOne() {
    boolean due = !delayed.isEmpty() && random.nextBoolean();
    return due ? delayed.remove(random.nextInt(delayed.size())) : () -> {};
  }

  private void deliverOneOfTheDelayed() {
    try {
      takeOne().run();
    } catch (SyncException e) {
      // Nobody waits for the answer any more.
    }
  }

  @Override
  public void close() {
    inner.close();
  }
}
