package io.smollama.readings;

import io.smollama.core.Act;
import io.smollama.core.Caller;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** One output and what was done with it; times are of a steady clock. One thread at a time. */
final class Output {
  private static final long HOUR = Duration.ofHours(1).toNanos();

  private final GpioPin pin;
  private final Deque<Long> acts = new ArrayDeque<>();
  private Optional<Long> onSince = Optional.empty();
  private Optional<Long> offSince = Optional.empty();
  private Optional<Long> due = Optional.empty();
  private boolean waitsForStart;

  Output(GpioPin pin) {
    this.pin = pin;
  }

  int number() {
    return pin.pin();
  }

  String name() {
    return pin.name();
  }

  OutputRules rules() {
    return pin.output();
  }

  /** Whether it is still to be brought to how it is to be at the start. */
  void waitsForStart(boolean waits) {
    waitsForStart = waits;
  }

  boolean waitsForStart() {
    return waitsForStart;
  }

  /**
   * Why an act may not be; empty if it may.
   *
   * @param on whether it is on now
   * @param held outputs that are on and never with this one
   */
  Optional<String> refusal(Act act, boolean on, List<String> held, long now) {
    OutputRules rules = rules();
    if (rules.hazard() == OutputRules.Hazard.HAZARDOUS && act.on() && !act.confirmed()) {
      return Optional.of(
          "%s is hazardous: a person has to do it, and to say that it is meant".formatted(name()));
    }
    if (act.on() == on) {
      return Optional.empty();
    }
    if (act.on() && !held.isEmpty()) {
      return Optional.of("never together with %s, which is on".formatted(String.join(", ", held)));
    }
    Optional<Long> since = act.on() ? offSince : onSince;
    Duration least = act.on() ? rules.minOff() : rules.minOn();
    long left = since.map(then -> least.toNanos() - (now - then)).orElse(0L);
    if (left > 0 && act.caller().kind() != Caller.Kind.LIMITS) {
      return Optional.of(
          "it stays %s for %s at least; again in %s"
              .formatted(on ? "on" : "off", words(least), words(Duration.ofNanos(left))));
    }
    while (!acts.isEmpty() && now - acts.peek() >= HOUR) {
      acts.remove();
    }
    return act.on() && acts.size() >= rules.actsPerHour()
        ? Optional.of(
            "it was switched %d times in an hour, which is all it may; again in %s"
                .formatted(acts.size(), words(Duration.ofNanos(HOUR - (now - acts.peek())))))
        : Optional.empty();
  }

  /** An act was done, and read back so. */
  void switched(Act act, boolean wasOn, long now) {
    if (act.on() != wasOn) {
      acts.add(now);
    }
    if (act.on()) {
      Optional<Long> before = act.caller().kind() == Caller.Kind.PERSON ? Optional.empty() : due;
      began(now, act.lease());
      due = earlier(due, before);
    } else {
      offSince = wasOn || offSince.isEmpty() ? Optional.of(now) : offSince;
      onSince = Optional.empty();
      due = Optional.empty();
    }
  }

  /** It is on, from now if it was not; for no longer than it may, and than is asked for. */
  void began(long now, Optional<Duration> lease) {
    onSince = onSince.isPresent() ? onSince : Optional.of(now);
    Optional<Long> most =
        rules().maxOn().isZero()
            ? Optional.empty()
            : onSince.map(since -> since + rules().maxOn().toNanos());
    Optional<Long> asked = lease.map(time -> now + time.toNanos());
    due = earlier(asked, most);
  }

  /** Of times of a clock that may overflow. */
  private static Optional<Long> earlier(Optional<Long> one, Optional<Long> other) {
    return one.isPresent() && other.isPresent()
        ? Optional.of(one.get() - other.get() < 0 ? one.get() : other.get())
        : one.or(() -> other);
  }

  boolean isDue(long now) {
    return due.filter(time -> now - time >= 0).isPresent();
  }

  Optional<Duration> offIn(long now) {
    return due.map(time -> Duration.ofNanos(Math.max(0, time - now)));
  }

  String says(boolean on, long now) {
    String name = "%s is %s".formatted(name(), on ? "on" : "off");
    return name + offIn(now).map(time -> ", for " + words(time)).orElse("");
  }

  private static String words(Duration time) {
    long seconds = Math.max(1, (time.toMillis() + 999) / 1000);
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? (seconds + 59) / 60 + " min" : (seconds + 3599) / 3600 + " h";
  }
}
