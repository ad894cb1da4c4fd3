package io.smollama.core;

import io.smollama.core.TimeCertainty.Kind;
import java.util.Optional;

/**
 * What lies between two marks that follow each other. All in milliseconds, which stay below 2^54
 * and so never overflow.
 */
final class ClockSpan {
  /** A steady clock goes wrong by one part of so many, at most: 100 ppm. */
  private static final long STEADY = 10_000;

  private final ClockMark before;
  private final ClockMark after;

  ClockSpan(ClockMark before, ClockMark after) {
    this.before = before;
    this.after = after;
  }

  private static long drift(long millis) {
    return millis / STEADY + 1;
  }

  private static DatedTime estimate(long low, long best, long high) {
    long time = Math.max(low, Math.min(high, best));
    return DatedTime.of(Kind.ESTIMATED, time, Optional.of(Math.max(time - low, high - time)));
  }

  /** Later in the boot of a mark. */
  static DatedTime forward(ClockMark mark, long mono) {
    return around(mark, mono - mark.mono());
  }

  /** Earlier in the boot of a mark. */
  static DatedTime backward(ClockMark mark, long mono) {
    return around(mark, mono - mark.mono());
  }

  private static DatedTime around(ClockMark mark, long elapsed) {
    long best = mark.millis() + elapsed;
    long off = mark.error() + drift(Math.abs(elapsed));
    return estimate(best - off, best, best + off);
  }

  DatedTime at(long boot, long mono) {
    boolean ofBefore = boot == before.boot();
    boolean ofAfter = boot == after.boot();
    if (isOneRun() && mono >= before.mono() && mono <= after.mono()) {
      return interpolated(mono);
    } else if (ofBefore && ofAfter) {
      return parted(mono);
    } else if (ofBefore) {
      return beforeTheRestart(mono);
    } else if (ofAfter) {
      return afterTheRestart(mono);
    }
    long low = before.millis() - before.error();
    long high = after.millis() + after.error();
    return DatedTime.of(Kind.BEFORE, high, Optional.of(high - low).filter(width -> width >= 0));
  }

  /**
   * Whether the machine ran on from one to the other, be it in several boots of the program: then
   * as much time went by as the steady clock shows. After a restart of the machine that clock
   * begins anew.
   */
  private boolean isOneRun() {
    long shown = after.mono() - before.mono();
    long passed = after.millis() - before.millis();
    return shown >= 0
        && passed >= 0
        && Math.abs(passed - shown) <= before.error() + after.error() + drift(shown);
  }

  /** On the straight line from one to the other, so that order is kept whatever their errors. */
  private DatedTime interpolated(long mono) {
    long shown = after.mono() - before.mono();
    if (shown == 0) {
      return around(before, 0);
    }
    double slope = (double) (after.millis() - before.millis()) / shown;
    double wrong = 1.0 / STEADY + Math.abs(slope - 1);
    long since = mono - before.mono();
    long until = after.mono() - mono;
    long best = before.millis() + Math.round(since * slope);
    double off = Math.min(before.error() + since * wrong, after.error() + until * wrong);
    long within = (long) Math.ceil(off) + 1;
    return estimate(best - within, best, best + within);
  }

  /** The steady clock stood still for a while, or a mark was wrong. */
  private DatedTime parted(long mono) {
    long since = mono - before.mono();
    long until = after.mono() - mono;
    long low = before.millis() - before.error() + since - drift(since);
    long high = after.millis() + after.error() - until + drift(until);
    return low <= high
        ? estimate(low, low + (high - low) / 2, high)
        : backward(after, mono); // it was set back: what came later is believed
  }

  /** The likeliest is no later than the earliest that {@link #afterTheRestart} finds likely. */
  private DatedTime beforeTheRestart(long mono) {
    DatedTime free = forward(before, mono);
    boolean restarted = after.start() >= before.millis();
    long high =
        restarted
            ? after.start() + after.error() + drift(after.mono())
            : after.millis() + after.error();
    long end = Math.max(after.start(), before.millis());
    return within(free, Long.MIN_VALUE, high, Math.min(millis(free), end));
  }

  private DatedTime afterTheRestart(long mono) {
    DatedTime free = backward(after, mono);
    long low = before.millis() - before.error();
    return within(free, low, Long.MAX_VALUE, Math.max(millis(free), before.millis()));
  }

  /** Marks that contradict each other do not narrow an estimate. */
  private static DatedTime within(DatedTime free, long low, long high, long best) {
    long lowest = Math.max(low, free.earliest().orElseThrow().toEpochMilli());
    long highest = Math.min(high, free.latest().orElseThrow().toEpochMilli());
    return lowest <= highest ? estimate(lowest, best, highest) : free;
  }

  private static long millis(DatedTime dated) {
    return dated.time().orElseThrow().toEpochMilli();
  }
}
