package io.smollama.readings;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Follows the numbers of one source: whether each could be reached from those before, and the
 * smoothed one. Thread-safe.
 */
final class NumberTrack {
  /** So many that agree with one another are believed against all before. */
  private static final int ENOUGH = 3;

  private final SourceRule rule;
  private @Nullable Slew believed;
  private @Nullable Slew other;
  private int agreeing;
  private double smoothed;
  private @Nullable Reading lastGiven;
  private double lastNumber;

  NumberTrack(SourceRule rule) {
    this.rule = rule;
  }

  /**
   * What is to be given of a number within its limits. The same reading again, as of a sensor whose
   * last message is read until the next one comes, gives the same again.
   */
  synchronized Reading next(Reading reading, double number) {
    Reading before = lastGiven;
    boolean again = before != null && before.time().equals(reading.time()) && lastNumber == number;
    Reading given = again ? before : judge(reading, number);
    lastGiven = given;
    lastNumber = number;
    return given;
  }

  private Reading judge(Reading reading, double number) {
    Instant now = reading.time();
    Slew known = believed;
    if (known == null || now.isBefore(known.time()) || rule.maxRate().isEmpty()) {
      return believe(reading, number, known);
    }
    double rate = rule.maxRate().get();
    Slew reached = known.towards(number, now, rate);
    if (reached.isNear(number, rate)) {
      return believe(reading, number, reached);
    }
    Slew candidate = other == null ? null : other.towards(number, now, rate);
    boolean agrees = candidate != null && candidate.isNear(number, rate);
    agreeing = agrees ? agreeing + 1 : 1;
    other = agrees ? candidate : new Slew(number, now);
    if (agreeing >= ENOUGH) {
      return believe(reading, number, null);
    }
    return reading.doubted(
        "from %s to %s is more than its max_rate of %s a minute"
            .formatted(
                Conditioning.text(known.number()),
                Conditioning.text(number),
                Conditioning.text(rate)));
  }

  /** Goes on from what was believed; without that, or with a clock set back, begins anew. */
  private Reading believe(Reading reading, double number, @Nullable Slew from) {
    Instant now = reading.time();
    boolean goesOn = from != null && believed != null && !now.isBefore(believed.time());
    if (goesOn && rule.smoothing().isPresent()) {
      double seconds = seconds(Duration.between(believed.time(), now));
      double share = -Math.expm1(-seconds / seconds(rule.smoothing().get()));
      smoothed += (number - smoothed) * share;
    } else {
      smoothed = number;
    }
    boolean limited = goesOn && rule.maxRate().isPresent();
    believed = new Slew(limited ? from.number() : number, now);
    other = null;
    agreeing = 0;
    return rule.smoothing().isEmpty() ? reading : reading.with(new ReadingValue.Quantity(smoothed));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /**
   * Where a number is that follows the measured ones no faster than it can. What is further from it
   * than a minute's change came too fast; what is nearer may be noise of a sensor that is read
   * often. Immutable.
   */
  private record Slew(double number, Instant time) {
    Slew towards(double measured, Instant now, double rate) {
      double most = Math.max(0, seconds(Duration.between(time, now))) / 60 * rate;
      double step = Math.max(-most, Math.min(most, measured - number));
      return new Slew(number + step, now);
    }

    boolean isNear(double measured, double rate) {
      return Math.abs(measured - number) <= rate;
    }
  }
}
