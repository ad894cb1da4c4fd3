package io.smollama.readings;

import io.smollama.core.Quality;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sets numbers right and says which can hardly be, by the rules of their sources; of several rules
 * for one source the first counts. Each reading passes once, in the order of its source's readings.
 *
 * <p>A number is scaled and moved first. Out of the limits of its rule, no finite number, or
 * changed faster than it can, it is given as it is, with {@link Quality#UNCERTAIN} and why; it
 * leaves no trace in what comes after. Three in a row that changed too fast and agree with one
 * another are a step of the real thing: from the third on they are believed. Numbers that are
 * believed are smoothed last. Flags, texts and sources without a rule pass as they are.
 * Thread-safe.
 */
public final class Conditioning {
  /** Sources come and go; one that is forgotten begins as a new one. */
  private static final int MOST_SOURCES = 10_000;

  private final RuleBook rules;
  private final Map<SourceId, NumberTrack> tracks = new ConcurrentHashMap<>();

  public Conditioning(List<SourceRule> rules) {
    this.rules = new RuleBook(rules);
  }

  /** Leaves all as it is, but for numbers that are none. */
  public static Conditioning none() {
    return new Conditioning(List.of());
  }

  List<Reading> of(List<Reading> readings) {
    return readings.stream().map(this::of).toList();
  }

  Reading of(Reading reading) {
    if (!(reading.value() instanceof ReadingValue.Quantity quantity)) {
      return reading;
    }
    Optional<SourceRule> rule = rules.of(reading.source()).filter(SourceRule::isAboutNumbers);
    double number =
        rule.map(r -> quantity.number() * r.scale() + r.offset()).orElse(quantity.number());
    Reading moved = rule.isEmpty() ? reading : reading.with(new ReadingValue.Quantity(number));
    if (!Double.isFinite(number)) {
      return moved.quality() == Quality.UNCERTAIN ? moved : moved.doubted("it is no finite number");
    } else if (rule.isEmpty() || moved.quality() == Quality.UNCERTAIN) {
      return moved;
    }
    return outOfLimits(rule.get(), number)
        .map(moved::doubted)
        .orElseGet(() -> track(moved.source(), rule.get()).next(moved, number));
  }

  private static Optional<String> outOfLimits(SourceRule rule, double number) {
    if (rule.min().isPresent() && number < rule.min().get()) {
      return Optional.of("below its min of " + text(rule.min().get()));
    } else if (rule.max().isPresent() && number > rule.max().get()) {
      return Optional.of("above its max of " + text(rule.max().get()));
    }
    return Optional.empty();
  }

  private NumberTrack track(SourceId source, SourceRule rule) {
    if (tracks.size() > MOST_SOURCES) {
      tracks.clear();
    }
    return tracks.computeIfAbsent(source, id -> new NumberTrack(rule));
  }

  static String text(double number) {
    return new ReadingValue.Quantity(number).text();
  }
}
