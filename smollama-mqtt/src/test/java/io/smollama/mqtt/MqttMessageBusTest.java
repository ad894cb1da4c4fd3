package io.smollama.mqtt;

import io.smollama.core.MessageBus;
import io.smollama.testkit.MessageBusContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** Through a real broker, in both versions. */
class MqttMessageBusTest {
  abstract static class ThroughABroker extends MessageBusContract {
    @TempDir Path folder;
    private Mosquitto broker;

    MessageBus open(int version) throws Exception {
      broker = Mosquitto.in(folder).start();
      return Await.connected(
          MqttMessageBus.open(
              broker.config().speaking(version),
              "kitchen",
              folder.resolve("outbox.sqlite"),
              InstantSource.system()));
    }

    @AfterEach
    void stop() throws Exception {
      if (broker != null) {
        broker.close();
      }
    }
  }

  @Nested
  class Version3 extends ThroughABroker {
    @Override
    protected MessageBus open() throws Exception {
      return open(3);
    }
  }

  @Nested
  class Version5 extends ThroughABroker {
    @Override
    protected MessageBus open() throws Exception {
      return open(5);
    }
  }
}
