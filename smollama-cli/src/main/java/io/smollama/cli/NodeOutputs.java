package io.smollama.cli;

import io.smollama.core.AuditTrail;
import io.smollama.readings.ActuatorEnvelope;
import io.smollama.readings.GpioReadings;
import java.time.Duration;
import java.time.InstantSource;

/** The outputs of a running node in their envelope, and the thread that ends what is due. */
final class NodeOutputs implements AutoCloseable {
  /** An output is on for no longer than this beyond its time. */
  private static final Duration LATE_AT_MOST = Duration.ofMillis(500);

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
    NodeOutputs outputs = new NodeOutputs(envelope);
    outputs.watch.every(LATE_AT_MOST, envelope::expire);
    return outputs;
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
