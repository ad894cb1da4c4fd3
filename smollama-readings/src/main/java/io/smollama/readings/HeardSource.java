package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.Source;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a source that messages tell of. One thread at a time.
 *
 * <p>A source is stale after three times the interval that its messages usually have, at least
 * after five minutes, at most after a day; after an hour while no interval is known.
 */
final class HeardSource {
  static final Duration SHORTEST_STALE = Duration.ofMinutes(5);
  static final Duration LONGEST_STALE = Duration.ofDays(1);
  static final Duration STALE_BEFORE_USUAL = Duration.ofHours(1);
  private static final double NEWEST_WEIGHS = 0.2;
  private static final int INTERVALS = 3;

  private final String origin;
  private final String device;
  private final Optional<Duration> staleAfter;
  private Reading last;
  private Instant heard;
  private double usualSeconds;

  HeardSource(
      String origin,
      String device,
      Optional<Duration> staleAfter,
      Reading last,
      Instant heard,
      double usualSeconds) {
    this.origin = origin;
    this.device = device;
    this.staleAfter = staleAfter;
    this.last = last;
    this.heard = heard;
    this.usualSeconds = usualSeconds;
  }

  static HeardSource of(Heard first, Instant now) {
    return new HeardSource(
        first.origin(),
        first.device(),
        first.staleAfter(),
        first.reading(),
        first.stored() && first.timeTold() ? first.reading().time() : now,
        0);
  }

  SourceId id() {
    return last.source();
  }

  String origin() {
    return origin;
  }

  String device() {
    return device;
  }

  Reading last() {
    return last;
  }

  /** When a message last told something new of it. */
  Instant heard() {
    return heard;
  }

  /** How long it usually takes to the next message; 0 if that is not known. */
  double usualSeconds() {
    return usualSeconds;
  }

  Source source() {
    return new Source(last.source(), last.metadata().getOrDefault("name", ""), last.unit());
  }

  /** Takes a newer one. What the broker kept tells nothing of how often the source is heard. */
  void take(Reading newer, boolean stored, Instant now) {
    if (stored) {
      heard = newer.time().isAfter(heard) && !newer.time().isAfter(now) ? newer.time() : heard;
    } else {
      double gap = heard.until(now, ChronoUnit.MILLIS) / 1e3;
      if (gap > 0) {
        usualSeconds =
            usualSeconds == 0 ? gap : usualSeconds + NEWEST_WEIGHS * (gap - usualSeconds);
      }
      heard = now;
    }
    last = newer;
  }

  boolean isStale(Instant now) {
    return heard.plus(bound()).isBefore(now);
  }

  private Duration bound() {
    if (staleAfter.isPresent()) {
      return staleAfter.get();
    } else if (usualSeconds == 0) {
      return STALE_BEFORE_USUAL;
    }
    double longest = LONGEST_STALE.toSeconds();
    Duration usual = Duration.ofSeconds((long) Math.min(longest, INTERVALS * usualSeconds));
    return usual.compareTo(SHORTEST_STALE) < 0 ? SHORTEST_STALE : usual;
  }

  /** The last value with its own time and quality; that it is stale stands in the metadata. */
  Reading shown(Instant now) {
    if (!isStale(now)) {
      return last;
    }
    Map<String, String> more = new TreeMap<>(last.metadata());
    more.put("stale", "no message since " + heard.truncatedTo(ChronoUnit.SECONDS));
    return new Reading(last.source(), last.value(), last.unit(), last.time(), last.quality(), more);
  }
}
