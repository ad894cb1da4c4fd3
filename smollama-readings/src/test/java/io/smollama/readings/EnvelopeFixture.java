package io.smollama.readings;

import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.AuditTrail;
import io.smollama.core.Caller;
import io.smollama.core.ReadingException;
import io.smollama.core.SourceId;
import io.smollama.readings.OutputRules.Hazard;
import io.smollama.readings.OutputRules.Level;
import io.smollama.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Outputs of several kinds in an envelope, and a steady clock that a test moves. */
abstract class EnvelopeFixture {
  static final SourceId LAMP = SourceId.parse("gpio:18");
  static final SourceId PUMP = SourceId.parse("gpio:23");
  static final SourceId VALVE = SourceId.parse("gpio:24");
  static final SourceId LOCK = SourceId.parse("gpio:25");
  static final Caller PERSON = Caller.person("test");
  static final Caller MODEL = Caller.model("llama3.2:1b");

  static final List<GpioPin> PINS =
      List.of(
          new GpioPin(17, "motion", PinMode.INPUT),
          new GpioPin(18, "lamp", PinMode.OUTPUT),
          new GpioPin(23, "pump", PinMode.OUTPUT, rules(Hazard.REVERSIBLE, 600, 10, 30, 20)),
          new GpioPin(24, "valve", PinMode.OUTPUT, neverWith(23)),
          new GpioPin(25, "lock", PinMode.OUTPUT, rules(Hazard.HAZARDOUS, 0, 0, 0, 20)));

  final ManualClock clock = new ManualClock();
  final Pins board = new Pins(SimulatedGpio.of(new GpioConfig(true, PINS), System::nanoTime));
  final Kept audit = new Kept();
  long nanos = Long.MAX_VALUE - Duration.ofMinutes(5).toNanos(); // it may overflow
  ActuatorEnvelope envelope = opened();

  private ActuatorEnvelope opened() {
    return new ActuatorEnvelope(board, PINS, audit, clock, () -> nanos);
  }

  private static OutputRules rules(Hazard hazard, int maxOn, int minOn, int minOff, int anHour) {
    return new OutputRules(
        hazard,
        Duration.ofSeconds(maxOn),
        Duration.ofSeconds(minOn),
        Duration.ofSeconds(minOff),
        anHour,
        Level.LOW,
        Level.LOW,
        List.of());
  }

  private static OutputRules neverWith(int pin) {
    OutputRules usual = OutputRules.defaults();
    return new OutputRules(
        Hazard.REVERSIBLE,
        usual.maxOn(),
        usual.minOn(),
        usual.minOff(),
        3600,
        Level.KEEP,
        Level.KEEP,
        List.of(pin));
  }

  /** A board of which a pin may be stuck or fail. */
  static final class Pins implements OutputPins {
    private final SimulatedGpio board;
    final Map<Integer, String> broken = new HashMap<>();

    Pins(SimulatedGpio board) {
      this.board = board;
    }

    @Override
    public void set(int pin, boolean high) {
      if (broken.getOrDefault(pin, "").equals("fails")) {
        throw new ReadingException("gpio", "the line is taken", false);
      } else if (!broken.containsKey(pin)) {
        board.set(pin, high);
      }
    }

    @Override
    public boolean isHigh(int pin) {
      if (broken.getOrDefault(pin, "").equals("unreadable")) {
        throw new ReadingException("gpio", "the line is gone", false);
      }
      return board.isHigh(pin);
    }
  }

  /** An audit whose disk may be full. */
  static final class Kept implements AuditTrail {
    final List<ActRecord> records = new ArrayList<>();
    boolean full;
    String refuses = "nothing";

    @Override
    public void record(ActRecord record) {
      if (record.act().reason().equals(refuses)) {
        throw new IllegalArgumentException("too long");
      }
      if (full) {
        throw new ReadingException("audit", "the disk is full", true);
      }
      records.add(record);
    }

    @Override
    public List<ActRecord> latest(Optional<SourceId> target, int limit) {
      return records;
    }
  }

  ActRecord ask(SourceId target, boolean on, Caller caller) {
    return envelope.act(Act.of(target, on, caller, "because"));
  }

  void pass(Duration time) {
    nanos += time.toNanos();
    clock.advance(time);
    envelope.expire();
  }
}
