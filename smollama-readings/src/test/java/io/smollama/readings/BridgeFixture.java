package io.smollama.readings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.Reading;
import io.smollama.core.TopicFilter;
import io.smollama.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A bus, and providers that listen to it. */
abstract class BridgeFixture {
  static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  static final Duration OLDEST = Duration.ofDays(1);

  @TempDir Path folder;
  final ManualClock clock = new ManualClock();
  final MessageBus bus = MessageBus.inProcess();
  final List<Reading> told = new ArrayList<>();
  private final List<MessageReadings> opened = new ArrayList<>();

  @AfterEach
  void closeAll() {
    opened.forEach(MessageReadings::close);
    bus.close();
  }

  MessageReadings nodes() {
    return started(
        MessageReadings.ofNodes(
            "smollama", "hub", OLDEST, folder.resolve("edge.jsonl"), clock, ZONE));
  }

  MessageReadings topics(TopicReading... topics) {
    return started(
        MessageReadings.ofTopics(
            List.of(topics), OLDEST, folder.resolve("mqtt.jsonl"), clock, ZONE));
  }

  private MessageReadings started(MessageReadings provider) {
    provider.listen(told::addAll);
    provider.start(bus);
    opened.add(provider);
    settle();
    return provider;
  }

  void say(String topic, String payload) {
    bus.publish(Message.event(topic, payload));
    settle();
  }

  void keepSaying(String topic, String payload) {
    bus.publish(Message.state(topic, payload));
    settle();
  }

  /** All that was said has been heard. */
  void settle() {
    CountDownLatch heard = new CountDownLatch(1);
    MessageBus.Subscription last =
        bus.subscribe(new TopicFilter("settled"), message -> heard.countDown());
    bus.publish(Message.event("settled", ""));
    try {
      assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      last.close();
    }
  }

  /** A payload of an edge node with one reading. */
  static String payload(String source, Object value, String unit, Object ts) {
    return "{\"node\":\"liar\",\"timestamp\":1.5,\"readings\":[{\"source\":\"%s\",\"value\":%s,\"unit\":\"%s\",\"ts\":%s}]}"
        .formatted(source, value, unit, ts instanceof String text ? "\"" + text + "\"" : ts);
  }
}
