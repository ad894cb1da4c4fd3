package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sources that messages told of, with their last values; so many and no more. What is silent
 * for more than a day makes room for what is new. Thread-safe.
 */
final class HeardSources {
  static final int MOST = 2_000;
  static final int MOST_OF_AN_ORIGIN = 500;
  private static final int MOST_OFFLINE = 2_000;
  private static final Duration MAKES_ROOM_AFTER = Duration.ofDays(1);

  private final Map<SourceId, HeardSource> sources = new LinkedHashMap<>();
  private final Set<String> offline = new LinkedHashSet<>();
  private boolean changed;

  /** Puts one back that was known before. */
  synchronized void restore(HeardSource source) {
    if (sources.size() < MOST) {
      sources.putIfAbsent(source.id(), source);
    }
  }

  /**
   * Takes a reading in.
   *
   * @return what there is to tell; empty if it is known already
   */
  synchronized Optional<Reading> take(Heard told, Instant now) throws UnusableMessageException {
    if (!told.stored()) {
      offline.remove(told.device());
    }
    HeardSource known = sources.get(told.reading().source());
    Reading reading = dated(told);
    if (known == null) {
      makeRoom(told.origin(), now);
      sources.put(reading.source(), HeardSource.of(with(told, reading), now));
    } else if (isKnown(known.last(), told)) {
      return Optional.empty();
    } else if (isLate(known.last(), reading, now)) {
      return Optional.of(reading); // the newest stays the last
    } else {
      known.take(reading, told.stored(), now);
    }
    changed = true;
    boolean said = !told.isUndated() || !offline.contains(told.device());
    return said ? Optional.of(reading) : Optional.empty();
  }

  /** A broker keeps the last word of a device for ever, also of one that is gone for long. */
  private static Reading dated(Heard told) {
    return told.isUndated() && told.device().isEmpty()
        ? told.reading().doubted("kept by the broker, nobody knows since when")
        : told.reading();
  }

  private static Heard with(Heard told, Reading reading) {
    return new Heard(
        reading, told.origin(), told.device(), told.staleAfter(), told.timeTold(), told.stored());
  }

  private static boolean isKnown(Reading last, Heard told) {
    Reading reading = told.reading();
    return last.value().equals(reading.value())
        && last.unit().equals(reading.unit())
        && (told.isUndated() || last.time().equals(reading.time()));
  }

  /** What a clock that ran ahead said must not stand in the way of all that follows. */
  private static boolean isLate(Reading last, Reading reading, Instant now) {
    return reading.time().isBefore(last.time()) && !last.time().isAfter(now);
  }

  private void makeRoom(String origin, Instant now) throws UnusableMessageException {
    List<HeardSource> ofOrigin =
        sources.values().stream().filter(known -> known.origin().equals(origin)).toList();
    boolean crowded = ofOrigin.size() >= MOST_OF_AN_ORIGIN;
    if (!crowded && sources.size() < MOST) {
      return;
    }
    HeardSource silent =
        (crowded ? ofOrigin : List.copyOf(sources.values()))
            .stream()
                .min(Comparator.comparing(HeardSource::heard))
                .filter(known -> known.heard().isBefore(now.minus(MAKES_ROOM_AFTER)))
                .orElseThrow(() -> new UnusableMessageException(MessageFault.NO_ROOM));
    sources.remove(silent.id());
  }

  /** A node, or a topic, says whether its sources are there. */
  synchronized void present(String device, boolean there) {
    if (there) {
      offline.remove(device);
    } else if (offline.size() < MOST_OFFLINE) {
      offline.add(device);
    }
  }

  synchronized int size() {
    return sources.size();
  }

  synchronized List<Source> list() {
    return sources.values().stream().map(HeardSource::source).toList();
  }

  /** What a source said last; empty if it is offline. */
  synchronized Optional<Reading> read(SourceId id, Instant now) {
    return Optional.ofNullable(sources.get(id))
        .filter(known -> !offline.contains(known.device()))
        .map(known -> known.shown(now));
  }

  /** What all said last that are not offline. */
  synchronized List<Reading> readAll(Instant now) {
    return sources.values().stream()
        .filter(known -> !offline.contains(known.device()))
        .map(known -> known.shown(now))
        .toList();
  }

  synchronized List<HeardState> states(Instant now) {
    List<HeardState> states = new ArrayList<>();
    for (HeardSource known : sources.values()) {
      HeardState.Condition condition =
          offline.contains(known.device())
              ? HeardState.Condition.OFFLINE
              : known.isStale(now) ? HeardState.Condition.STALE : HeardState.Condition.FRESH;
      states.add(new HeardState(known.id(), condition, known.heard()));
    }
    return states;
  }

  /** All there is to keep; empty if nothing changed since it was last asked. */
  synchronized Optional<List<HeardLine>> changes() {
    if (!changed) {
      return Optional.empty();
    }
    changed = false;
    return Optional.of(sources.values().stream().map(HeardLine::of).toList());
  }

  /** They could not be kept. */
  synchronized void stillChanged() {
    changed = true;
  }
}
