package io.smollama.mqtt;

import io.smollama.core.Message;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;

/** A process that says something no broker hears, and then waits to be killed. */
final class OutboxProcess {
  static final int EVENTS = 50;

  private OutboxProcess() {}

  static Process start(Path outbox, int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OutboxProcess.class.getName(),
            outbox.toString(),
            String.valueOf(port))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) throws InterruptedException {
    MqttConfig config = MqttConfig.defaults().to("tcp://127.0.0.1:" + arguments[1]);
    MqttMessageBus bus =
        MqttMessageBus.open(config, "kitchen", Path.of(arguments[0]), InstantSource.system());
    for (int i = 0; i < EVENTS; i++) {
      bus.publish(Message.event("count", String.valueOf(i)));
    }
    System.out.println("said");
    new CountDownLatch(1).await();
  }
}
