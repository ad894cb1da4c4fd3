package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What of the readings is worth keeping, where a rule has a deadband: a change by more than that,
 * and one reading in each heartbeat. With a change, the last reading that was passed over before it
 * is kept as well, so that a step stays a step. What no rule means is kept. Thread-safe.
 */
public final class ChangeFilter {
  private static final int MOST_SOURCES = 50_000;

  private final RuleBook rules;
  private final Map<SourceId, Kept> kept = new HashMap<>();

  public ChangeFilter(List<SourceRule> rules) {
    this.rules = new RuleBook(List.copyOf(rules));
  }

  /** What was kept of a source, and what was passed over after it. */
  private record Kept(Reading last, Optional<Reading> passedOver) {}

  /** Those of a batch that are worth keeping, in its order. */
  public synchronized List<Reading> worthKeeping(List<Reading> batch) {
    if (kept.size() > MOST_SOURCES) {
      kept.clear();
    }
    List<Reading> worth = new ArrayList<>(batch.size());
    for (Reading reading : batch) {
      Optional<SourceRule> rule = rules.of(reading.source()).filter(r -> r.deadband().isPresent());
      if (rule.isEmpty()) {
        worth.add(reading);
      } else {
        weigh(reading, rule.get().deadband().orElseThrow(), rule.get().heartbeat(), worth);
      }
    }
    return worth;
  }

  private void weigh(Reading reading, double deadband, Duration heartbeat, List<Reading> worth) {
    Kept before = kept.get(reading.source());
    if (before == null) {
      keep(reading, worth);
    } else if (isChange(before.last(), reading, deadband)) {
      before.passedOver().ifPresent(worth::add);
      keep(reading, worth);
    } else if (isLater(before.last(), reading, heartbeat)) {
      keep(reading, worth);
    } else {
      kept.put(reading.source(), new Kept(before.last(), Optional.of(reading)));
    }
  }

  private void keep(Reading reading, List<Reading> worth) {
    worth.add(reading);
    kept.put(reading.source(), new Kept(reading, Optional.empty()));
  }

  private static boolean isChange(Reading before, Reading now, double deadband) {
    if (before.quality() != now.quality() || !before.unit().equals(now.unit())) {
      return true;
    }
    if (before.value().equals(now.value())) {
      return false;
    }
    OptionalDouble was = before.value().asNumber();
    OptionalDouble is = now.value().asNumber();
    boolean numbers = was.isPresent() && is.isPresent();
    return !numbers || !(Math.abs(is.getAsDouble() - was.getAsDouble()) <= deadband);
  }

  /** A clock that was set back must not silence a source. */
  private static boolean isLater(Reading before, Reading now, Duration heartbeat) {
    return now.time().isBefore(before.time())
        || !now.time().isBefore(before.time().plus(heartbeat));
  }
}
