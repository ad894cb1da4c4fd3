package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.LiveReadingProvider;
import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.testkit.LiveReadingProviderContract;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class MessageReadingsContractTest {

  abstract static class OverABus extends LiveReadingProviderContract {
    @TempDir Path folder;
    final MessageBus bus = MessageBus.inProcess();
    final ManualClock clock = new ManualClock();
    int happened;

    @AfterEach
    void closeBus() {
      bus.close();
    }

    LiveReadingProvider heardOf(MessageReadings provider) {
      CountDownLatch first = new CountDownLatch(1);
      provider.listen(told -> first.countDown());
      provider.start(bus);
      happen();
      try {
        assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      provider.listen(told -> {});
      return provider;
    }
  }

  @Nested
  class OfEdgeNodes extends OverABus {
    @Override
    protected LiveReadingProvider openLive() {
      return heardOf(
          MessageReadings.ofNodes(
              "smollama",
              "hub",
              Duration.ofDays(1),
              folder.resolve("edge.jsonl"),
              clock,
              ZoneOffset.UTC));
    }

    @Override
    protected void happen() {
      String payload =
          BridgeFixture.payload(
              "system:cpu_temp", 40 + happened++, "celsius", clock.instant().toString());
      bus.publish(Message.event("smollama/kitchen/readings", payload));
    }
  }

  @Nested
  class OfConfiguredTopics extends OverABus {
    @Override
    protected LiveReadingProvider openLive() {
      return heardOf(
          MessageReadings.ofTopics(
              List.of(
                  TopicReading.of("zigbee2mqtt/+", "{1}/temperature", "/temperature", "celsius")),
              Duration.ofDays(1),
              folder.resolve("mqtt.jsonl"),
              clock,
              ZoneOffset.UTC));
    }

    @Override
    protected void happen() {
      bus.publish(Message.event("zigbee2mqtt/hall", "{\"temperature\": %d}".formatted(happened++)));
    }
  }
}
