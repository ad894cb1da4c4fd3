package io.smollama.agent;

import io.smollama.core.SmollamaException;
import io.smollama.memory.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node thinks about by itself: a model looks at the readings when there is something to see
 * and the machine bears it, and once a day what facts claim is held against the readings, without a
 * model. Whoever owns it calls {@link #tick} about once a minute. Thread-safe.
 */
public final class Reflection {
  private static final Logger LOG = LoggerFactory.getLogger(Reflection.class);
  private static final Duration CLAIMS_EVERY = Duration.ofDays(1);

  private final ModelObserver observer;
  private final ClaimCheck claims;
  private final ObserverConfig config;
  private final NodeMeans means;
  private final LongSupplier nanos;
  private final LookSchedule schedule;
  private final ReentrantLock looking = new ReentrantLock();
  private final List<Consumer<Observation>> listeners = new CopyOnWriteArrayList<>();
  private Duration nextClaims;
  private volatile Standing standing;

  /**
   * What is told of it. Immutable.
   *
   * @param taken how many looks in the last 24 hours
   * @param interval the time between two looks now
   * @param last the last look that was more than an attempt; empty if there was none
   * @param at when that was
   * @param failed how many looks in a row failed
   * @param claims what the last check found; empty if there was none
   */
  private record Standing(
      int taken,
      Duration interval,
      Optional<Look> last,
      Instant at,
      int failed,
      Optional<ClaimCheck.Report> claims) {}

  /**
   * What has not begun.
   *
   * @param nanos a clock that nobody sets
   */
  public Reflection(
      ModelObserver observer,
      ClaimCheck claims,
      ObserverConfig config,
      NodeMeans means,
      LongSupplier nanos) {
    this.observer = observer;
    this.claims = claims;
    this.config = config;
    this.means = means;
    this.nanos = nanos;
    this.nextClaims = now();
    this.schedule = new LookSchedule(config, nextClaims);
    this.standing =
        new Standing(0, schedule.interval(), Optional.empty(), Instant.EPOCH, 0, Optional.empty());
  }

  /** Hears of each observation when it is stored, on the thread that made it. */
  public void listen(Consumer<Observation> listener) {
    listeners.add(listener);
  }

  /** Does what is due. */
  public void tick() {
    if (!looking.tryLock()) {
      return; // a person asked for a look
    }
    try {
      checkClaims();
      if (config.model() == ObserverConfig.Use.AUTO
          && schedule.ask(now(), this::situation) == LookSchedule.Verdict.LOOK) {
        lookNow();
      }
    } finally {
      looking.unlock();
    }
  }

  private LookSchedule.Situation situation() {
    SeenState seen = observer.seen();
    return new LookSchedule.Situation(observer.changed(seen), seen.isStrained());
  }

  private void checkClaims() {
    if (now().compareTo(nextClaims) < 0) {
      return;
    }
    nextClaims = now().plus(CLAIMS_EVERY);
    try {
      ClaimCheck.Report report = claims.run();
      report.noted().forEach(this::tell);
      standing =
          new Standing(
              standing.taken(),
              standing.interval(),
              standing.last(),
              standing.at(),
              standing.failed(),
              Optional.of(report));
    } catch (SmollamaException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /** Looks now, whatever the schedule says; a look that is under way already is not waited for. */
  public Look lookNow() {
    if (!looking.tryLock()) {
      return Look.without(Look.Outcome.BUSY, "a look is under way", Duration.ZERO);
    }
    try {
      Look look = observer.look();
      note(look);
      look.observations().forEach(this::tell);
      return look;
    } finally {
      looking.unlock();
    }
  }

  /** What fails is tried ever more seldom, too: it costs as much as what succeeds. */
  private void note(Look look) {
    boolean failed = look.outcome() == Look.Outcome.FAILED;
    if (look.outcome() == Look.Outcome.AWAY) {
      schedule.away(now());
    } else {
      schedule.looked(now(), failed ? 0 : observer.changedAtLast());
    }
    int inARow = failed ? standing.failed() + 1 : 0;
    standing =
        new Standing(
            schedule.taken(now()),
            schedule.interval(),
            Optional.of(look),
            means.clock().instant(),
            inARow,
            standing.claims());
  }

  private void tell(Observation noted) {
    LOG.info("Observed: {}", noted.text());
    listeners.forEach(listener -> listener.accept(noted));
  }

  private Duration now() {
    return Duration.ofNanos(nanos.getAsLong());
  }

  /** Whether looks failed so often that somebody should know. */
  public boolean isFailing() {
    return standing.failed() >= 3;
  }

  /** How it stands, in one line for people; answers at once. */
  public String says() {
    Standing now = standing;
    String looks =
        config.model() == ObserverConfig.Use.OFF
            ? "no model looks by itself"
            : "a model looks every %s, %d of %d looks today"
                .formatted(Age.span(now.interval()), now.taken(), config.looksPerDay());
    return looks + now.last().map(look -> "; " + last(look, now)).orElse("") + claims(now);
  }

  private String last(Look look, Standing now) {
    String ending =
        look.says().isEmpty()
            ? "%d noted, %d remembered, %d refused"
                .formatted(
                    look.observations().size(),
                    look.facts().size(),
                    look.refused().values().stream().mapToInt(Integer::intValue).sum())
            : look.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + look.says();
    return "%s %s".formatted(Age.of(now.at(), means.clock().instant()), ending);
  }

  private static String claims(Standing now) {
    return now.claims()
        .filter(report -> report.confirmed() + report.stale() + report.refuted() > 0)
        .map(
            report ->
                "; claims of facts: %d hold, %d do not, %d cannot be tested"
                    .formatted(report.confirmed(), report.refuted(), report.stale()))
        .orElse("");
  }
}
