package io.smollama.readings;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes changes of the edges at an input. A contact that bounces is one change, with the time of
 * its first edge; what does not stay for the time to be steady is none. Edges only say that
 * something happened: what an input has become is looked at, now and then also without an edge, so
 * that no state is lost with an edge.
 *
 * <p>An input that has too many edges, or is never steady, is restless: it says so once, in doubt,
 * is not listened to for a while, and says how it is when it is steady again. Times are of a steady
 * clock that may overflow. Thread-safe.
 */
final class InputFilter {
  /** How often an input is looked at without an edge. */
  static final long LOOK_EVERY = Duration.ofMillis(200).toNanos();

  /** More edges in a second than a person or a slow sensor makes. */
  static final int MOST_EDGES = 200;

  /** How long a restless input is not listened to at first; doubles while it stays so. */
  static final long CALM_AFTER = Duration.ofSeconds(5).toNanos();

  /** Of more edges at once some may wait unread, until a line that is full tells nothing more. */
  private static final int BURST = 8;

  private static final long LONGEST_PAUSE = Duration.ofMinutes(1).toNanos();
  private static final long MILLISECOND = 1_000_000;
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** An edge this old was told late, as kernels do that queue what nobody fetches. */
  private static final long LATE = Duration.ofMillis(100).toNanos();

  private final long steady;
  private final Deque<InputChange> immediate = new ArrayDeque<>();
  private boolean on;
  private boolean moving;
  private long first;
  private long last;
  private long due;
  private long second;
  private int edges;
  private int burst;
  private boolean wasRead;
  private long read;
  private boolean unheard;
  private boolean suspect;
  private String doubt = "";
  private boolean deaf;
  private boolean saysDoubt;
  private long calmAt;
  private long pause = CALM_AFTER;

  InputFilter(Duration steady) {
    this.steady = steady.toNanos();
  }

  /** What it is at first, which is no change. */
  synchronized void begin(boolean level, long now) {
    on = level;
    due = now + LOOK_EVERY;
    second = now;
  }

  /** There was an edge at a time, and is told now. */
  synchronized void edge(boolean level, long at, long now) {
    unheard = false;
    burst++;
    boolean late = now - at > LATE;
    suspect |= late;
    if (deaf || isTooMuch(now)) {
      return;
    }
    if (steady == 0 && doubt.isEmpty()) {
      immediate.add(new InputChange(level, at, ""));
      due = now;
    } else {
      moved(late ? now : at);
      due = settlesAt();
    }
  }

  private void moved(long when) {
    first = moving ? first : when;
    last = when;
    moving = true;
  }

  /** A restless one has to prove itself for longer. */
  private long settlesAt() {
    long settles = last + (doubt.isEmpty() ? steady : Math.max(SECOND, steady));
    return settles - restlessAt() < 0 ? settles : restlessAt();
  }

  private long restlessAt() {
    return first + Math.max(4 * SECOND, 4 * steady);
  }

  private boolean isTooMuch(long now) {
    if (now - second >= SECOND) {
      second = now;
      edges = 0;
    }
    edges++;
    if (edges > MOST_EDGES) {
      restless("it changes more than %d times in a second".formatted(MOST_EDGES), now);
    }
    return deaf;
  }

  private void restless(String why, long now) {
    saysDoubt = doubt.isEmpty();
    pause = doubt.isEmpty() ? CALM_AFTER : Math.min(2 * pause, LONGEST_PAUSE);
    doubt = why;
    deaf = true;
    calmAt = now + pause;
    moving = false;
    immediate.clear();
    due = now;
  }

  /** What became of it, now that its level is seen. */
  synchronized List<InputChange> look(boolean level, long now) {
    List<InputChange> changes = new ArrayList<>();
    for (InputChange change = immediate.poll(); change != null; change = immediate.poll()) {
      if (change.on() != on) {
        changes.add(changed(change.on(), change.at()));
      }
    }
    if (!deaf && !moving && level != on) {
      suspect |= unheard; // the last change was not told of either
      unheard = true;
      moved(now);
    }
    if (moving) {
      lookAtMoving(level, now, changes);
    }
    if (deaf) {
      lookAtRestless(level, now, changes);
    }
    if (!moving) {
      suspect |= burst > BURST;
      burst = 0;
    }
    due = moving ? settlesAt() : now + LOOK_EVERY;
    return changes;
  }

  private void lookAtMoving(boolean level, long now, List<InputChange> changes) {
    long settles = last + (doubt.isEmpty() ? steady : Math.max(SECOND, steady));
    if (now - settles >= 0) {
      moving = false;
      if (level != on || !doubt.isEmpty()) {
        doubt = "";
        changes.add(changed(level, first));
      }
    } else if (now - restlessAt() >= 0) {
      restless("it is never steady", now);
    }
  }

  /**
   * Whoever read it since then was told that it was as before; so it was, as far as anybody knows.
   */
  private InputChange changed(boolean level, long since) {
    on = level;
    long afterRead = read + MILLISECOND;
    read = wasRead && afterRead - since > 0 ? afterRead : since;
    wasRead = true;
    return new InputChange(on, read, "");
  }

  private void lookAtRestless(boolean level, long now, List<InputChange> changes) {
    on = level;
    if (saysDoubt) {
      saysDoubt = false;
      changes.add(new InputChange(on, now, doubt));
    } else if (now - calmAt >= 0) {
      deaf = false;
      suspect = true; // it is to be listened to again
      edges = 0;
      second = now;
      moved(now);
    }
  }

  /** Whether it is on, as last told. */
  synchronized boolean read(long now) {
    wasRead = true;
    read = now;
    return on;
  }

  /** Why what it says is not to be trusted at present; empty if it is. */
  synchronized String doubt() {
    return doubt;
  }

  synchronized boolean isDeaf() {
    return deaf;
  }

  /** Whether its edges seem to get lost, so that it is to be taken anew; said once. */
  synchronized boolean takeSuspicion() {
    boolean was = suspect && !deaf;
    suspect &= !was;
    return was;
  }

  /** When it is to be looked at. */
  synchronized long due() {
    return due;
  }
}
