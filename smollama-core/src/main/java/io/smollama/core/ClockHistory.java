package io.smollama.core;

import io.smollama.core.TimeCertainty.Kind;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * When the entries of an origin were written, by what is known of its clocks. A pure function of
 * the set of marks; the estimate for an entry follows from the mark before it and the one after it
 * alone, so that a new mark dates anew only what lies between its neighbours.
 *
 * <p>Two things are taken for granted: the steady clock is off by 100 ppm at most, and a mark says
 * the truth. Then the time lies within the bounds, estimates rise along a boot, and from boot to
 * boot their bounds leave room for the order of entries. Where marks contradict each other there
 * still is an estimate, the same everywhere. Immutable.
 */
public final class ClockHistory {
  /** Nothing is known. */
  public static final ClockHistory NONE = new ClockHistory(List.of());

  private final List<ClockMark> marks;

  private ClockHistory(List<ClockMark> marks) {
    this.marks = marks;
  }

  /** What these marks, all of one origin, tell; in any order, each as often as they like. */
  public static ClockHistory of(Collection<ClockMark> marks) {
    Set<Long> synchronised = new HashSet<>();
    for (ClockMark mark : marks) {
      if (!mark.fromPeer()) {
        synchronised.add(mark.boot());
      }
    }
    return new ClockHistory(
        marks.stream()
            .filter(mark -> !mark.fromPeer() || !synchronised.contains(mark.boot()))
            .distinct()
            .sorted(ClockMark.ORDER)
            .toList());
  }

  /**
   * When an entry was written. The writer's own clock is believed if it was synchronised or if the
   * marks do not contradict it; it never is if it showed 1970.
   *
   * @param wall what that clock showed; empty if there was none
   */
  public DatedTime date(Optional<Instant> wall, WriterClock clock) {
    if (clock.quality().isSynchronised()) {
      return new DatedTime(
          wall, wall.isPresent() ? TimeCertainty.SYNCHRONISED : TimeCertainty.STATED);
    }
    Optional<DatedTime> found = at(clock.boot(), clock.mono());
    if (found.isEmpty()) {
      return new DatedTime(wall, TimeCertainty.STATED);
    }
    DatedTime dated = found.get();
    return wall.filter(shown -> !UnsetClock.gave(shown) && dated.allows(shown))
        .map(shown -> new DatedTime(wall, new TimeCertainty(Kind.STATED, dated.off(shown))))
        .orElse(dated);
  }

  /** When an entry of the origin was written. */
  public DatedTime date(JournalEntry entry) {
    return entry
        .clock()
        .map(clock -> date(entry.wall(), clock))
        .orElseGet(() -> new DatedTime(entry.wall(), TimeCertainty.STATED));
  }

  /** When the clocks of the origin showed this; empty if there is no mark. */
  public Optional<DatedTime> at(long boot, long mono) {
    Optional<ClockMark> before = before(boot, mono);
    Optional<ClockMark> after = after(boot, mono);
    if (before.isPresent() && after.isPresent()) {
      return Optional.of(new ClockSpan(before.get(), after.get()).at(boot, mono));
    } else if (before.isPresent()) {
      ClockMark last = before.get();
      return Optional.of(
          last.boot() == boot
              ? ClockSpan.forward(last, mono)
              : DatedTime.of(Kind.AFTER, last.millis() - last.error(), Optional.empty()));
    }
    return after.map(
        next ->
            next.boot() == boot
                ? ClockSpan.backward(next, mono)
                : DatedTime.of(Kind.BEFORE, next.millis() + next.error(), Optional.empty()));
  }

  /** The last mark at or before a place. */
  public Optional<ClockMark> before(long boot, long mono) {
    int next = firstAfter(boot, mono);
    return next == 0 ? Optional.empty() : Optional.of(marks.get(next - 1));
  }

  /** The first mark behind a place. */
  public Optional<ClockMark> after(long boot, long mono) {
    int next = firstAfter(boot, mono);
    return next == marks.size() ? Optional.empty() : Optional.of(marks.get(next));
  }

  private int firstAfter(long boot, long mono) {
    int low = 0;
    int high = marks.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      ClockMark mark = marks.get(middle);
      boolean behind = mark.boot() > boot || (mark.boot() == boot && mark.mono() > mono);
      high = behind ? middle : high;
      low = behind ? low : middle + 1;
    }
    return low;
  }
}
