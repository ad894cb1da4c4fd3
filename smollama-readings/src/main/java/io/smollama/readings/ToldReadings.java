package io.smollama.readings;

import io.smollama.core.Reading;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What providers told and nobody took yet. So many may wait; then the oldest give way, which is
 * said once for each time that it begins. Thread-safe.
 */
final class ToldReadings {
  private static final Logger LOG = LoggerFactory.getLogger(ToldReadings.class);
  private static final int MOST = 10_000;

  private final Deque<Reading> waiting = new ArrayDeque<>();
  private boolean dropping;
  private boolean closed;

  synchronized void add(List<Reading> told) {
    if (closed) {
      return;
    }
    waiting.addAll(told);
    while (waiting.size() > MOST) {
      waiting.remove();
      if (!dropping) {
        LOG.warn("More readings are told than can be taken; the oldest of {} are dropped", MOST);
      }
      dropping = true;
    }
    notifyAll();
  }

  /** All that wait, as soon as there is one; nothing once it is closed and emptied. */
  synchronized List<Reading> take() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    List<Reading> all = new ArrayList<>(waiting);
    waiting.clear();
    dropping = false;
    return all;
  }

  /** Takes nothing more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
