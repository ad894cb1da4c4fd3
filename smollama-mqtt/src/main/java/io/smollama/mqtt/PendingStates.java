package io.smollama.mqtt;

import io.smollama.core.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest state of each topic: those that the broker does not have yet, and those that it had
 * last, should it lose them. Bounded; what was longest unchanged goes first. Thread-safe.
 */
final class PendingStates {
  private final int most;
  private final long mostBytes;
  private final Map<String, Kept> states = new LinkedHashMap<>();
  private long bytes;
  private long dropped;

  private enum Way {
    WAITING,
    SENT,
    ARRIVED
  }

  private record Kept(Message state, Way way) {}

  PendingStates(int most, long mostBytes) {
    this.most = most;
    this.mostBytes = mostBytes;
  }

  synchronized void put(Message state) {
    remove(state.topic());
    states.put(state.topic(), new Kept(state, Way.WAITING));
    bytes += state.size();
    Iterator<Kept> oldest = states.values().iterator();
    while (states.size() > 1 && (states.size() > most || bytes > mostBytes)) {
      Kept gone = oldest.next();
      oldest.remove();
      bytes -= gone.state.size();
      dropped += gone.way == Way.ARRIVED ? 0 : 1;
    }
  }

  private void remove(String topic) {
    Kept before = states.remove(topic);
    bytes -= before == null ? 0 : before.state.size();
  }

  /** What is to be sent now, in its order; from now on it is on its way. */
  synchronized List<Message> take() {
    List<Message> waiting = new ArrayList<>();
    states.replaceAll(
        (topic, kept) -> {
          if (kept.way == Way.WAITING) {
            waiting.add(kept.state);
            return new Kept(kept.state, Way.SENT);
          }
          return kept;
        });
    return waiting;
  }

  /** The broker has it, or refuses it for good. */
  synchronized void done(Message state) {
    Kept kept = states.get(state.topic());
    if (kept == null || kept.state != state) {
      return; // there is a newer one
    }
    if (state.size() == 0) {
      remove(state.topic());
    } else {
      states.put(state.topic(), new Kept(state, Way.ARRIVED));
    }
  }

  /**
   * What was on its way waits again.
   *
   * @param all whether the broker forgot what it had
   */
  synchronized void again(boolean all) {
    states.replaceAll(
        (topic, kept) -> all || kept.way == Way.SENT ? new Kept(kept.state, Way.WAITING) : kept);
  }

  synchronized long waiting() {
    return states.values().stream().filter(kept -> kept.way != Way.ARRIVED).count();
  }

  synchronized long dropped() {
    return dropped;
  }
}
