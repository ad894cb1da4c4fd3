package io.smollama.agent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Says when a model is to look at the readings. The time between looks halves while many sources
 * change and doubles while few do; in between it stays, so that it does not swing. Nothing is
 * looked at twice. Time is what has passed on a clock that nobody sets. One thread at a time.
 */
final class LookSchedule {
  /** From this share of changed sources on the readings are lively. */
  private static final double LIVELY = 0.3;

  /** Up to this share they are quiet. */
  private static final double QUIET = 0.1;

  /** A hot machine, or one short of memory, looks so many times less often. */
  private static final int STRAINED = 4;

  private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration ALWAYS = Duration.ofDays(10_000);

  private final ObserverConfig config;
  private final Deque<Duration> looks = new ArrayDeque<>();
  private Duration interval;
  private Duration last;
  private Duration retry = Duration.ZERO;
  private Duration retryAt = Duration.ZERO;

  /**
   * A schedule whose first look is due when the shortest interval has passed.
   *
   * @param now when it begins
   */
  LookSchedule(ObserverConfig config, Duration now) {
    this.config = config;
    this.interval = config.shortestInterval();
    this.last = now;
  }

  /** What is to be done now. */
  enum Verdict {
    /** Look. */
    LOOK,
    /** The interval has not passed. */
    EARLY,
    /** Nothing has changed since the last look. */
    UNCHANGED,
    /** It looked often enough for a day. */
    SPENT,
    /** The model was away and is not asked again yet. */
    AWAY
  }

  /**
   * How things are when a look is due. Immutable.
   *
   * @param changed the share of sources that say something else than at the last look, 0 to 1
   * @param strained whether the machine is hot or short of memory
   */
  record Situation(double changed, boolean strained) {}

  /**
   * Whether it is time.
   *
   * @param situation found out only when a look may be due
   */
  Verdict ask(Duration now, Supplier<Situation> situation) {
    if (now.compareTo(retryAt) < 0) {
      return Verdict.AWAY;
    }
    Duration passed = retry.isZero() ? now.minus(last) : ALWAYS;
    if (passed.compareTo(interval) < 0) {
      return Verdict.EARLY;
    }
    if (taken(now) >= config.looksPerDay()) {
      return Verdict.SPENT;
    }
    Situation found = situation.get();
    if (found.strained() && passed.compareTo(interval.multipliedBy(STRAINED)) < 0) {
      return Verdict.EARLY;
    }
    if (found.changed() == 0) {
      goOn(now, 0);
      return Verdict.UNCHANGED;
    }
    return Verdict.LOOK;
  }

  /** A look was taken, whatever came of it. */
  void looked(Duration now, double changed) {
    looks.add(now);
    retry = Duration.ZERO;
    retryAt = Duration.ZERO;
    goOn(now, changed);
  }

  /** No model answered: it is asked later, ever more seldom, and what was missed is not made up. */
  void away(Duration now) {
    retry = retry.isZero() ? FIRST_RETRY : shorter(retry.multipliedBy(2), config.longestInterval());
    retryAt = now.plus(retry);
  }

  private void goOn(Duration now, double changed) {
    last = now;
    if (changed >= LIVELY) {
      Duration half = interval.dividedBy(2);
      interval = half.compareTo(config.shortestInterval()) < 0 ? config.shortestInterval() : half;
    } else if (changed <= QUIET) {
      interval = shorter(interval.multipliedBy(2), config.longestInterval());
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  /** The time between two looks as things are. */
  Duration interval() {
    return interval;
  }

  /** How many looks were taken in the last 24 hours. */
  int taken(Duration now) {
    while (!looks.isEmpty() && now.minus(looks.peek()).compareTo(DAY) >= 0) {
      looks.remove();
    }
    return looks.size();
  }
}
