package io.smollama.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until something is so, and for what a bus says. */
final class Await {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private Await() {}

  static void that(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).as(what).isLessThan(PATIENCE_NANOS);
      LockSupport.parkNanos(2_000_000);
    }
  }

  static MqttMessageBus connected(MqttMessageBus bus) {
    bus.start();
    that("connected: " + bus.state(), () -> bus.state().connected());
    return bus;
  }
}
