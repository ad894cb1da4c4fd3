package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices what is out of the ordinary, without any model: values beyond what is usual, spikes,
 * level shifts, drift, stuck and silent sources, things at unusual hours; and what goes with the
 * hours of the day. Each source is compared with its own past, in constant memory. What was told is
 * not told again until it is louder or long gone, and of one source only so much a day. The kind of
 * a finding is the tag of its observation. Time is that of the readings. One thread at a time.
 */
public final class StatisticalObserver {
  private static final int MOST_A_DAY = 8;

  /** Each costs 43 KiB. */
  private static final int MOST_SOURCES = 500;

  private final ZoneId zone;
  private final Map<SourceId, Watched> watched = new HashMap<>();

  /** A source, its name and when something of it was told. */
  private record Watched(SourceWatch watch, String name, Deque<Instant> told) {
    boolean mayTell(Instant now) {
      while (!told.isEmpty() && told.getFirst().isBefore(now.minusSeconds(86_400))) {
        told.removeFirst();
      }
      boolean may = told.size() < MOST_A_DAY;
      if (may) {
        told.addLast(now);
      }
      return may;
    }
  }

  /**
   * An observer that knows nothing yet.
   *
   * @param zone by which hours are meant
   */
  public StatisticalObserver(ZoneId zone) {
    this.zone = zone;
  }

  /** Learns from readings without reporting anything; any order of sources, each oldest first. */
  public void learn(Collection<Reading> history) {
    history.forEach(this::look);
  }

  /** What is out of the ordinary in these readings; empty most of the time. */
  public List<NewObservation> observe(Collection<Reading> readings) {
    List<NewObservation> noticed = new ArrayList<>();
    for (Reading reading : readings) {
      for (Finding finding : look(reading)) {
        tell(reading.source(), finding, reading.time(), noticed);
      }
    }
    return noticed;
  }

  /** What is out of the ordinary in that nothing comes; to be called once in a while. */
  public List<NewObservation> tick(Instant now) {
    List<NewObservation> noticed = new ArrayList<>();
    watched.forEach(
        (source, one) ->
            one.watch().silence(now).forEach(finding -> tell(source, finding, now, noticed)));
    return noticed;
  }

  private List<Finding> look(Reading reading) {
    Watched one = watched.get(reading.source());
    if (one == null && watched.size() < MOST_SOURCES) {
      one =
          new Watched(
              new SourceWatch(reading, zone),
              capitalised(SourceWords.name(reading)),
              new ArrayDeque<>());
      watched.put(reading.source(), one);
    }
    return one == null ? List.of() : one.watch().next(reading);
  }

  private void tell(SourceId source, Finding finding, Instant now, List<NewObservation> noticed) {
    Watched one = watched.get(source);
    if (one != null && one.mayTell(now)) {
      ObservationType type =
          switch (finding.kind()) {
            case PATTERN -> ObservationType.PATTERN;
            case BACK -> ObservationType.STATUS;
            default -> ObservationType.ANOMALY;
          };
      noticed.add(
          NewObservation.of(one.name() + " " + finding.text(), type, List.of(source))
              .tagged(List.of(finding.kind().word())));
    }
  }

  private static String capitalised(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
