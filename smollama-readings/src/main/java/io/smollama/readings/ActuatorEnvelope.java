package io.smollama.readings;

import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.ActRecord.Verdict;
import io.smollama.core.AuditTrail;
import io.smollama.core.Caller;
import io.smollama.core.SmollamaException;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to switch an output, for people, models, rules and messages alike. It keeps the
 * limits of each output, reads back what it switched, switches off by itself when a time is up, and
 * has each act audited, also those that it refuses. Outputs are as configured when it starts and
 * when it is closed; whatever ended a process before, the next start sees to that.
 *
 * <p>Times are those of a steady clock: no step of the wall clock holds an output on. An act never
 * waits for the audit to succeed: what cannot be kept now is kept later. Thread-safe.
 */
public final class ActuatorEnvelope implements AutoCloseable {
  /** The type of the outputs. */
  static final String TYPE = GpioReadings.TYPE;

  private static final Logger LOG = LoggerFactory.getLogger(ActuatorEnvelope.class);
  private static final Caller LIMITS = new Caller(Caller.Kind.LIMITS, "limits");

  private final OutputPins pins;
  private final Map<SourceId, Output> outputs = new TreeMap<>();
  private final Map<SourceId, GpioPin> inputs = new TreeMap<>();
  private final UnwrittenActs acts;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final RefusalCount refusals;
  private boolean closed;

  /**
   * An envelope that has not started.
   *
   * @param configured the pins in use
   * @param nanos a steady clock, such as {@link System#nanoTime}
   */
  public ActuatorEnvelope(
      OutputPins pins,
      List<GpioPin> configured,
      AuditTrail audit,
      InstantSource clock,
      LongSupplier nanos) {
    this.pins = pins;
    this.acts = new UnwrittenActs(audit);
    this.clock = clock;
    this.nanos = nanos;
    this.refusals = new RefusalCount(nanos);
    for (GpioPin pin : configured) {
      SourceId id = new SourceId(TYPE, Integer.toString(pin.pin()));
      if (pin.mode() == PinMode.OUTPUT) {
        outputs.put(id, new Output(pin));
      } else {
        inputs.put(id, pin);
      }
    }
  }

  /**
   * How an output is. Immutable.
   *
   * @param fault why that cannot be told, and it counts as off; empty if it can
   */
  public record State(
      SourceId target,
      String name,
      OutputRules rules,
      boolean on,
      Optional<Duration> offIn,
      String fault) {}

  /**
   * Brings all outputs to how they are to be at the start; those that fail as soon as they work.
   */
  public synchronized void start() {
    outputs.forEach(this::settleAtStart);
  }

  private void settleAtStart(SourceId id, Output output) {
    output.waitsForStart(!settle(id, output, output.rules().initial(), "at start"));
  }

  private boolean settle(SourceId id, Output output, OutputRules.Level level, String when) {
    try {
      boolean on = pins.isHigh(output.number());
      boolean wanted = level == OutputRules.Level.KEEP ? on : level == OutputRules.Level.HIGH;
      if (on != wanted) {
        String reason = "it is %s %s".formatted(wanted ? "on" : "off", when);
        acts.keep(switched(output, Act.of(id, wanted, LIMITS, reason)));
      } else if (on) {
        output.began(nanos.getAsLong(), Optional.empty());
      }
      return true;
    } catch (RuntimeException e) {
      if (closed
          || !(e instanceof SmollamaException)) { // else it is tried again, and the pins tell
        LOG.error("{} ({}) is not as it is to be {}", id, output.name(), when, e);
      }
      return false;
    }
  }

  /** The outputs, in the order of their numbers, as they say themselves. */
  public synchronized List<State> outputs() {
    return outputs.entrySet().stream().map(o -> state(o.getKey(), o.getValue())).toList();
  }

  private State state(SourceId id, Output output) {
    boolean on = false;
    String fault = "";
    try {
      on = pins.isHigh(output.number());
    } catch (RuntimeException e) {
      fault = String.valueOf(e.getMessage());
    }
    Optional<Duration> offIn = output.offIn(nanos.getAsLong());
    return new State(id, output.name(), output.rules(), on, offIn, fault);
  }

  /** Does an act, or says why not. */
  public synchronized ActRecord act(Act act) {
    Output output = outputs.get(act.target());
    Optional<String> refused =
        output == null ? Optional.of(unknown(act.target())) : refusal(output, act);
    ActRecord record =
        refused.isPresent()
            ? new ActRecord(clock.instant(), act, Verdict.REFUSED, refused.get(), Optional.empty())
            : switched(output, act);
    refusals.worthKeeping(record).ifPresent(acts::keep);
    return record;
  }

  private String unknown(SourceId target) {
    if (inputs.containsKey(target)) {
      return "%s (%s) is an input".formatted(target, inputs.get(target).name());
    }
    List<String> known =
        outputs.entrySet().stream().map(o -> o.getKey() + " " + o.getValue().name()).toList();
    return "There is no output %s; there %s"
        .formatted(target, known.isEmpty() ? "are none at all" : "is " + String.join(", ", known));
  }

  private Optional<String> refusal(Output output, Act act) {
    if (closed) {
      return Optional.of("The node is ending");
    }
    try {
      return refusal(output, act, pins.isHigh(output.number()));
    } catch (RuntimeException e) {
      return Optional.of("It cannot be read: " + e.getMessage());
    }
  }

  private Optional<String> refusal(Output output, Act act, boolean on) {
    Set<Integer> apart = new TreeSet<>(output.rules().neverWith());
    outputs.values().stream()
        .filter(other -> other.rules().neverWith().contains(output.number()))
        .forEach(other -> apart.add(other.number()));
    List<String> held = apart.stream().filter(pins::isHigh).map(n -> TYPE + ":" + n).toList();
    return output.refusal(act, on, held, nanos.getAsLong());
  }

  private ActRecord switched(Output output, Act act) {
    boolean before = false;
    Optional<Boolean> readBack = Optional.empty();
    String failure = "";
    try {
      before = pins.isHigh(output.number());
      pins.set(output.number(), act.on());
      readBack = Optional.of(pins.isHigh(output.number()));
    } catch (RuntimeException e) {
      failure = "It could not be switched: " + e.getMessage();
    }
    boolean done = readBack.filter(on -> on == act.on()).isPresent();
    if (done) {
      output.switched(act, before, nanos.getAsLong());
    } else if (failure.isEmpty()) {
      failure = "It was switched %s and reads %s".formatted(word(act.on()), word(!act.on()));
    }
    Verdict changed = before == act.on() ? Verdict.UNCHANGED : Verdict.DONE;
    return new ActRecord(
        clock.instant(),
        act,
        done ? changed : Verdict.FAILED,
        done ? output.says(act.on(), nanos.getAsLong()) : failure,
        readBack);
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }

  /** Switches off what has been on for long enough; to be called about every second. */
  public synchronized void expire() {
    outputs.forEach(
        (id, output) -> {
          if (!closed && output.waitsForStart()) {
            settleAtStart(id, output);
          }
          if (!closed && output.isDue(nanos.getAsLong())) {
            ActRecord off = switched(output, Act.of(id, false, LIMITS, "its time is up"));
            refusals.worthKeeping(off).ifPresent(record -> keepEnd(output, record));
          }
        });
    acts.keepWaiting();
  }

  private void keepEnd(Output output, ActRecord off) {
    if (off.verdict() == Verdict.FAILED) {
      LOG.error("{} ({}) stays on: {}", off.act().target(), output.name(), off.says());
    }
    acts.keep(off);
  }

  /** Leaves all outputs as they are to be left. Calling it again does nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      outputs.forEach(this::settleAtExit);
    }
  }

  private void settleAtExit(SourceId id, Output output) {
    if (!output.waitsForStart()) { // else it was never held
      settle(id, output, output.rules().atExit(), "at exit");
    }
  }
}
