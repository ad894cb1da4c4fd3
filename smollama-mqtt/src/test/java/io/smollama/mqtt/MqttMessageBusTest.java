package io.smollama.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.TopicFilter;
import io.smollama.testkit.MessageBusContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Through a real broker, in both versions. */
class MqttMessageBusTest {
  abstract static class ThroughABroker extends MessageBusContract {
    @TempDir Path folder;
    private Mosquitto broker;

    MessageBus open(int version) throws Exception {
      stop(); // each time another one
      broker = Mosquitto.in(folder).start();
      return Await.connected(
          MqttMessageBus.open(
              broker.config().speaking(version),
              "kitchen",
              Files.createTempFile(folder, "outbox", ".sqlite"),
              InstantSource.system()));
    }

    @Test
    void filtersThatOverlapBringEachMessageOnce() throws Exception {
      MessageBus bus = open();
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      for (String filter : new String[] {"home/door", "home/+", "home/#", "home/door"}) {
        bus.subscribe(
            new TopicFilter(filter), message -> heard.add(filter + message.text().orElseThrow()));
      }
      bus.publish(Message.event("settled", ""));
      Await.that("the broker knows it", () -> bus.state().waiting() == 0);
      bus.publish(Message.event("home/door", "1"));
      bus.publish(Message.event("home/end", "2"));
      List<String> all = new ArrayList<>();
      while (!all.contains("home/#2") || !all.contains("home/+2")) {
        all.add(heard.poll(30, TimeUnit.SECONDS));
      }
      assertThat(all)
          .containsExactlyInAnyOrder(
              "home/door1", "home/door1", "home/+1", "home/#1", "home/+2", "home/#2");
      bus.close();
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
