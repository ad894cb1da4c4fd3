package io.smollama.agent;

import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Watches one source: each rule looks at each value, and what one tells is told at most once in a
 * time. It keeps 43 KiB however long it watches. One thread at a time.
 */
final class SourceWatch {
  private static final int SHIFTED = 30;
  private static final int PATTERN_DAYS = 5;
  private static final double CLEAR = 3;
  private static final Duration SPIKES_APART = Duration.ofHours(6);

  /** Nights and days are known by then. */
  private static final Duration ONE_DAY = Duration.ofDays(1);

  private static final Duration PATTERNS_APART = Duration.ofDays(30);

  /** Machines are restless: a moment of load is none of a fault. */
  private static final String MACHINE = "system";

  private final Reading about;
  private final ZoneId zone;
  private final double margin;
  private final UsualRange usual;
  private final SpikeRule spikes;
  private final StuckRule stuck = new StuckRule();
  private final SilenceRule silence = new SilenceRule();
  private final LongView longView = new LongView();
  private final HourProfile profile = new HourProfile();
  private final DriftRule drift;
  private final HourCounts hours = new HourCounts();
  private Optional<UsualRange.Departure> departure = Optional.empty();
  private int departed;
  private boolean wasOn = true;
  private Instant lastSpike = Instant.MIN;
  private Instant lastPattern = Instant.MIN;
  private Instant newest = Instant.MIN;
  private Instant known = Instant.MAX;

  SourceWatch(Reading first, ZoneId zone) {
    this.about = first;
    this.zone = zone;
    this.margin = UsualRange.MARGINS.getOrDefault(first.unit(), 0.0);
    this.usual = new UsualRange(first.unit());
    this.spikes = new SpikeRule(margin);
    this.drift = new DriftRule(margin / 2);
  }

  /**
   * Takes a reading in; what is worth telling. One that is no later than the last is passed over.
   */
  List<Finding> next(Reading reading) {
    List<Finding> findings = new ArrayList<>();
    Instant time = reading.time();
    if (!time.isAfter(newest)) {
      return findings;
    }
    newest = time;
    known = known.equals(Instant.MAX) ? time.plus(ONE_DAY) : known;
    silence
        .heard(time)
        .ifPresent(gap -> add(findings, Finding.Kind.BACK, "speaks again, after " + words(gap)));
    if (reading.value() instanceof ReadingValue.Quantity quantity
        && Double.isFinite(quantity.number())) {
      number(quantity.number(), time, findings);
    } else if (reading.value() instanceof ReadingValue.Flag flag) {
      flag(flag.on(), time, findings);
    }
    return findings;
  }

  /** Looks at the time; what is worth telling of its silence. */
  List<Finding> silence(Instant now) {
    List<Finding> findings = new ArrayList<>();
    silence
        .silent(now)
        .ifPresent(
            since ->
                add(
                    findings,
                    Finding.Kind.DROPOUT,
                    "dropout: nothing for %s, usually every %s"
                        .formatted(words(Duration.between(since, now)), words(silence.usual()))));
    return findings;
  }

  private void number(double value, Instant time, List<Finding> findings) {
    Optional<UsualRange.Departure> out = usual.next(value, time);
    out.ifPresent(found -> add(findings, Finding.Kind.UNUSUAL, unusual(found)));
    levelShift(value, out, findings);
    if (about.unit().equals(Units.SECONDS)) {
      return; // time that passes is always new, and goes up with the days
    }
    longView
        .next(value, time)
        .ifPresent(
            mean ->
                add(
                    findings,
                    Finding.Kind.UNLIKE_BEFORE,
                    "goes unlike it did in weeks, around %s".formatted(with(mean))));
    if (!about.source().type().equals(MACHINE)) {
      spikes
          .next(value)
          .filter(spike -> time.isAfter(known) && isApart(time))
          .ifPresent(spike -> tell(spike, findings));
      stuck
          .next(value, time)
          .ifPresent(
              since ->
                  add(
                      findings,
                      Finding.Kind.STUCK,
                      "stuck at %s for %s"
                          .formatted(with(value), words(Duration.between(since, time)))));
    }
    OptionalDouble residual = profile.next(time.atZone(zone).getHour(), value);
    if (residual.isPresent()) {
      drift
          .next(residual.getAsDouble())
          .ifPresent(off -> add(findings, Finding.Kind.DRIFT, drift(off)));
      pattern(time, findings);
    }
  }

  private void levelShift(
      double value, Optional<UsualRange.Departure> out, List<Finding> findings) {
    if (departure.isEmpty()) {
      departure = out;
      departed = 0;
      return;
    }
    UsualRange.Departure then = departure.get();
    boolean stays = then.high() ? value > then.high95() : value < then.low5();
    departed++;
    if (!stays) {
      departure = Optional.empty();
    } else if (departed == SHIFTED && newest.isAfter(known)) {
      departure = Optional.empty();
      add(
          findings,
          Finding.Kind.LEVEL_SHIFT,
          "level shift: stays %s at %s, was %s"
              .formatted(then.high() ? "high" : "low", with(value), range(then)));
    }
  }

  private boolean isApart(Instant time) {
    boolean apart =
        lastSpike.equals(Instant.MIN)
            || Duration.between(lastSpike, time).compareTo(SPIKES_APART) > 0;
    lastSpike = apart ? time : lastSpike;
    return apart;
  }

  private void tell(double spike, List<Finding> findings) {
    add(findings, Finding.Kind.SPIKE, "spike: %s for a moment".formatted(with(spike)));
  }

  private void pattern(Instant time, List<Finding> findings) {
    boolean due =
        lastPattern.equals(Instant.MIN)
            || Duration.between(lastPattern, time).compareTo(PATTERNS_APART) > 0;
    if (due
        && profile.days() >= PATTERN_DAYS
        && profile.amplitude() > Math.max(margin / 2, CLEAR * profile.spread())) {
      lastPattern = time;
      add(
          findings,
          Finding.Kind.PATTERN,
          "goes with the day: highest around %02d:00, lowest around %02d:00, by %s (%d days)"
              .formatted(
                  profile.highest(), profile.lowest(), with(profile.amplitude()), profile.days()));
    }
  }

  private void flag(boolean on, Instant time, List<Finding> findings) {
    boolean rises = on && !wasOn;
    wasOn = on;
    ZonedDateTime local = time.atZone(zone);
    if (rises && hours.happened(local)) {
      add(
          findings,
          Finding.Kind.UNUSUAL_HOUR,
          "is on at an unusual hour: %02d:%02d, never so in %d days"
              .formatted(local.getHour(), local.getMinute(), hours.days() - 1));
    }
  }

  private String drift(double off) {
    return "drift: its days go %s, by %s so far"
        .formatted(off > 0 ? "up" : "down", with(Math.abs(off)));
  }

  private String unusual(UsualRange.Departure found) {
    return "%s is unusually %s: typical %s"
        .formatted(with(found.value()), found.high() ? "high" : "low", range(found));
  }

  private String range(UsualRange.Departure found) {
    return Units.with(Figures.range(found.low5(), found.high95()), about.unit());
  }

  private String with(double value) {
    return Units.with(Figures.of(value), about.unit());
  }

  private static String words(Duration time) {
    long minutes = time.toMinutes();
    return minutes < 1
        ? String.format(Locale.ROOT, "%.0f s", time.toMillis() / 1000.0)
        : minutes < 120 ? minutes + " min" : time.toHours() + " h";
  }

  private static void add(List<Finding> findings, Finding.Kind kind, String text) {
    findings.add(new Finding(kind, text));
  }
}
