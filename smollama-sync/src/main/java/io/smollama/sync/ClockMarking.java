package io.smollama.sync;

import io.smollama.core.ClockMark;
import io.smollama.core.ClockQuality;
import io.smollama.core.NewEntry;
import io.smollama.core.UnsetClock;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * Decides when it is worth an entry in the log what the clock shows. Few are enough, and a clock
 * that flaps must not fill the log: in one run of the machine, two are at least ten minutes apart,
 * and it begins with what the log says already, however often the program starts. One thread at a
 * time.
 */
final class ClockMarking {
  /** Less is not worth an entry. */
  static final Duration STEP = Duration.ofMillis(250);

  static final Duration REGULARLY = Duration.ofHours(6);
  static final Duration APART = Duration.ofMinutes(10);

  /** An answer that took longer says too little. */
  static final Duration LONGEST_ROUND_TRIP = Duration.ofMinutes(2);

  /** What a steady clock may be off in a millisecond: 100 ppm. */
  private static final double DRIFT = 1e-4;

  private Optional<ClockMark> own = Optional.empty();
  private Optional<ClockMark> told = Optional.empty();
  private ClockQuality best = ClockQuality.NTP;

  /** Goes on from what the log has of this origin, in its order. */
  void resume(Collection<Entry> entries) {
    for (Entry entry : entries) {
      ClockEntry.mark(entry).ifPresent(mark -> noted(mark, entry.header().quality()));
    }
  }

  /** An entry was written. */
  void noted(Entry entry) {
    ClockEntry.mark(entry).ifPresent(mark -> noted(mark, entry.header().quality()));
  }

  private void noted(ClockMark mark, ClockQuality quality) {
    if (mark.fromPeer()) {
      told = Optional.of(mark);
    } else {
      own = Optional.of(mark);
      best = quality;
    }
  }

  /** What to write about the own clock now; empty for nothing. */
  Optional<NewEntry> due(Stamp now) {
    boolean certain =
        now.quality().isSynchronised() && now.wall().filter(w -> !UnsetClock.gave(w)).isPresent();
    return certain ? reason(now).map(ClockEntry::synchronised) : Optional.empty();
  }

  private Optional<String> reason(Stamp now) {
    if (own.isEmpty() || now.mono() < own.get().mono()) {
      return Optional.of("synchronised"); // for the first time since the machine started
    }
    ClockMark last = own.get();
    long since = now.mono() - last.mono();
    long passed = now.wall().orElseThrow().toEpochMilli() - last.time().toEpochMilli();
    boolean stepped = Math.abs(passed - since) > STEP.toMillis();
    if (stepped && now.boot() != last.boot()) {
      return Optional.of("synchronised");
    } else if (since < APART.toMillis()) {
      return Optional.empty();
    } else if (stepped) {
      return Optional.of("stepped");
    } else if (now.quality().code() > best.code()) {
      return Optional.of("better");
    }
    return since >= REGULARLY.toMillis() ? Optional.of("regular") : Optional.empty();
  }

  /** What to write about the time that a peer told; empty for nothing. */
  Optional<NewEntry> due(PeerTime peer, Stamp now) {
    boolean useful =
        !now.quality().isSynchronised()
            && !isSet(now)
            && !UnsetClock.gave(peer.time())
            && peer.within().multipliedBy(2).compareTo(LONGEST_ROUND_TRIP) <= 0;
    return useful && isNews(peer, now) ? Optional.of(ClockEntry.told(peer)) : Optional.empty();
  }

  /** Views look at nothing else in a boot where the own clock was synchronised. */
  private boolean isSet(Stamp now) {
    return own.filter(mark -> mark.boot() == now.boot()).isPresent();
  }

  private boolean isNews(PeerTime peer, Stamp now) {
    if (told.isEmpty() || peer.mono() < told.get().mono()) {
      return true;
    }
    ClockMark last = told.get();
    long since = peer.mono() - last.mono();
    long passed = peer.time().toEpochMilli() - last.time().toEpochMilli();
    double allowed =
        peer.within().toMillis() + last.within().toMillis() + STEP.toMillis() + since * DRIFT;
    boolean another = Math.abs(passed - since) > allowed;
    if (another && now.boot() != last.boot()) {
      return true;
    }
    return since >= APART.toMillis() && (another || since >= REGULARLY.toMillis());
  }

  /** Whether something is known of this run of the machine. */
  boolean knows(Stamp now) {
    return isSet(now) || told.filter(mark -> mark.boot() == now.boot()).isPresent();
  }
}
