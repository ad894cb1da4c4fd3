package io.smollama.cli;

import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.AuditTrail;
import io.smollama.core.Caller;
import io.smollama.core.SmollamaException;
import io.smollama.readings.ActuatorEnvelope;
import io.smollama.readings.GpioReadings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outputs of a running node in their envelope, and the thread that ends what is due. */
final class NodeOutputs implements AutoCloseable {
  /** An output is on for no longer than this beyond its time. */
  private static final Duration LATE_AT_MOST = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(NodeOutputs.class);
  private static final Caller LIMITS = new Caller(Caller.Kind.LIMITS, "limits");
  private static final int LOOKED_BACK = 20;

  private final ActuatorEnvelope envelope;
  private final Chores watch = new Chores();

  private NodeOutputs(ActuatorEnvelope envelope) {
    this.envelope = envelope;
  }

  static NodeOutputs start(GpioReadings pins, AuditTrail audit, InstantSource clock) {
    ActuatorEnvelope envelope =
        new ActuatorEnvelope(pins, pins.pins(), audit, clock, System::nanoTime);
    pins.start();
    envelope.start();
    envelope.outputs().forEach(output -> tellOfChange(output, audit, clock));
    NodeOutputs outputs = new NodeOutputs(envelope);
    outputs.watch.every(LATE_AT_MOST, envelope::expire);
    return outputs;
  }

  /**
   * What an output lost with the process before, or with the power, stands in the audit as well.
   */
  private static void tellOfChange(
      ActuatorEnvelope.State output, AuditTrail audit, InstantSource clock) {
    try {
      boolean changed =
          audit.latest(Optional.of(output.target()), LOOKED_BACK).stream()
              .filter(ActRecord::isSuccess)
              .findFirst()
              .filter(last -> last.act().on() != output.on())
              .isPresent();
      if (changed && output.fault().isEmpty()) {
        Act act = Act.of(output.target(), output.on(), LIMITS, "it was so when the node started");
        String says = "%s is %s".formatted(output.name(), output.on() ? "on" : "off");
        Optional<Boolean> readBack = Optional.of(output.on());
        audit.record(
            new ActRecord(clock.instant(), act, ActRecord.Verdict.UNCHANGED, says, readBack));
      }
    } catch (SmollamaException e) {
      LOG.warn(
          "Whether {} changed while no node ran is not kept: {}", output.target(), e.getMessage());
    }
  }

  ActuatorEnvelope envelope() {
    return envelope;
  }

  @Override
  public void close() {
    watch.close();
    envelope.close();
  }
}
