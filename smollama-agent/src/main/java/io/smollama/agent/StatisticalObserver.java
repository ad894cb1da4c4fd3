package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.core.Units;
import io.smollama.memory.NewObservation;
import io.smollama.memory.ObservationType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices values that are out of the ordinary, without any model. Each source is compared with its
 * own recent past; what was reported once is not reported again until it is louder or long gone.
 * Time is that of the readings. One thread at a time.
 */
public final class StatisticalObserver {
  private final Map<SourceId, UsualRange> usual = new HashMap<>();

  /** Learns from readings without reporting anything; any order of sources, each oldest first. */
  public void learn(Collection<Reading> history) {
    history.forEach(reading -> look(reading, true));
  }

  /** What is out of the ordinary in these readings; empty most of the time. */
  public List<NewObservation> observe(Collection<Reading> readings) {
    List<NewObservation> noticed = new ArrayList<>();
    for (Reading reading : readings) {
      look(reading, false).ifPresent(noticed::add);
    }
    return noticed;
  }

  private Optional<NewObservation> look(Reading reading, boolean silently) {
    if (!(reading.value() instanceof ReadingValue.Quantity quantity)
        || !Double.isFinite(quantity.number())) {
      return Optional.empty();
    }
    UsualRange range =
        usual.computeIfAbsent(reading.source(), source -> new UsualRange(reading.unit()));
    Optional<UsualRange.Departure> departure = range.next(quantity.number(), reading.time());
    return silently ? Optional.empty() : departure.map(found -> report(reading, found));
  }

  private static NewObservation report(Reading reading, UsualRange.Departure departure) {
    String text =
        "%s %s is unusually %s: typical %s"
            .formatted(
                capitalised(SourceWords.name(reading)),
                Units.with(Figures.of(departure.value()), reading.unit()),
                departure.high() ? "high" : "low",
                Units.with(Figures.range(departure.low5(), departure.high95()), reading.unit()));
    return NewObservation.of(text, ObservationType.ANOMALY, List.of(reading.source()));
  }

  private static String capitalised(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
