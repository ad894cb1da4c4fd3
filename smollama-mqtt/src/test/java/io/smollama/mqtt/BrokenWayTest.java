package io.smollama.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Message;
import io.smollama.core.TopicFilter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard although brokers, networks and processes end at any moment. */
class BrokenWayTest {
  @TempDir Path folder;
  private Mosquitto broker;
  private Way way;

  @BeforeEach
  void prepare() throws Exception {
    broker = Mosquitto.in(folder);
    way = new Way(broker.port());
  }

  @AfterEach
  void end() {
    if (way != null) {
      way.close();
      broker.close();
    }
  }

  private MqttMessageBus bus(int version) {
    MqttConfig config = MqttConfig.defaults().to("tcp://127.0.0.1:" + way.port());
    return MqttMessageBus.open(
        config.speaking(version),
        "kitchen",
        folder.resolve("outbox.sqlite"),
        InstantSource.system());
  }

  private static Set<String> numbers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "count " + i)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void eventsWaitForABrokerThatIsNotThereYet(int version) throws Exception {
    try (MqttMessageBus bus = bus(version)) {
      for (int i = 0; i < 100; i++) {
        bus.publish(Message.event("count", String.valueOf(i)));
      }
      assertThat(bus.state().connected()).isFalse();
      assertThat(bus.state().waiting()).isEqualTo(100);
      way.cut();
      broker.start();
      try (Observer observer = new Observer(broker, "count")) {
        way.mend();
        for (int i = 0; i < 100; i++) {
          assertThat(observer.next()).isEqualTo("count " + i);
        }
      }
      Await.that("nothing waits any more", () -> bus.state().waiting() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noEventIsLostWhenTheBrokerEndsInTheMiddle(boolean killed) throws Exception {
    broker.start();
    Set<String> missing = numbers(3_000);
    try (MqttMessageBus bus = Await.connected(bus(3))) {
      way.cut(); // until somebody hears it
      CompletableFuture<Void> speaker =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 3_000; i++) {
                  bus.publish(Message.event("count", String.valueOf(i)));
                }
              });
      for (int round = 1; round <= 3; round++) {
        try (Observer observer = new Observer(broker, "count")) {
          way.mend();
          int enough = 3_000 - 600 * round;
          while (missing.size() > enough) {
            missing.remove(observer.next());
          }
          if (killed) {
            broker.kill();
          } else {
            broker.stop();
          }
          way.cut();
          observer.drain().forEach(missing::remove);
        }
        broker.start();
      }
      try (Observer observer = new Observer(broker, "count")) {
        way.mend();
        speaker.get(1, TimeUnit.MINUTES);
        while (!missing.isEmpty()) {
          String heard = observer.next();
          assertThat(heard).as("still missing %s", missing).isNotNull();
          missing.remove(heard);
        }
      }
      assertThat(bus.state().dropped()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void whoListensHearsAgainAfterTheBrokerLostItsMemory(int version) throws Exception {
    broker.start();
    BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    try (MqttMessageBus bus = Await.connected(bus(version))) {
      bus.subscribe(new TopicFilter("door"), heard::add);
      bus.publish(Message.state("mood", "calm"));
      bus.publish(Message.event("door", "open"));
      assertThat(heard.poll(30, TimeUnit.SECONDS)).isNotNull();
      broker.kill();
      Await.that("it noticed", () -> !bus.state().connected());
      broker.start();
      Await.connected(bus);
      bus.publish(Message.event("door", "closed"));
      Message again = heard.poll(30, TimeUnit.SECONDS);
      assertThat(again).isNotNull();
      assertThat(again.text()).contains("closed");
      try (Observer observer = new Observer(broker, "mood")) {
        assertThat(observer.next()).isEqualTo("mood calm retained");
      }
    }
  }

  @Test
  void whatWasSaidWhileTheWayWasBrokenIsHeardAfterwards() throws Exception {
    broker.start();
    BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    try (MqttMessageBus bus = Await.connected(bus(3));
        Observer other = new Observer(broker, "none")) {
      bus.subscribe(new TopicFilter("door"), heard::add);
      bus.publish(Message.event("door", "0"));
      assertThat(heard.poll(30, TimeUnit.SECONDS)).as("the broker knows who listens").isNotNull();
      other.say("door", "1", 1);
      assertThat(heard.poll(30, TimeUnit.SECONDS).text()).contains("1");
      way.cut();
      Await.that("it noticed", () -> !bus.state().connected());
      other.say("door", "2", 1);
      way.mend();
      Message next = heard.poll(30, TimeUnit.SECONDS);
      if (next.text().equals(Optional.of("1"))) {
        next = heard.poll(30, TimeUnit.SECONDS); // its acknowledgement did not get through
      }
      assertThat(next.text()).contains("2");
    }
  }

  @Test
  void aKilledProcessLeavesItsEventsToTheNext() throws Exception {
    Process process = OutboxProcess.start(folder.resolve("outbox.sqlite"), way.port());
    assertThat(process.inputReader().readLine()).isEqualTo("said");
    process.destroyForcibly().onExit().join();
    broker.start();
    try (Observer observer = new Observer(broker, "count");
        MqttMessageBus bus = bus(3)) {
      bus.start();
      for (int i = 0; i < OutboxProcess.EVENTS; i++) {
        assertThat(observer.next()).isEqualTo("count " + i);
      }
    }
  }

  @Test
  void othersSeeWhetherTheNodeIsThere() throws Exception {
    broker.start();
    try (Observer observer = new Observer(broker, "smollama/+/status")) {
      try (MqttMessageBus bus = Await.connected(bus(3))) {
        assertThat(observer.next()).isEqualTo("smollama/kitchen/status online");
        try (Observer later = new Observer(broker, "smollama/+/status")) {
          assertThat(later.next()).isEqualTo("smollama/kitchen/status online retained");
        }
        way.cut(); // no goodbye: the broker speaks the last will
        assertThat(observer.next()).isEqualTo("smollama/kitchen/status offline");
        way.mend();
        assertThat(observer.next()).isEqualTo("smollama/kitchen/status online");
        assertThat(bus.state().says()).contains("connected since");
      }
      assertThat(observer.next()).isEqualTo("smollama/kitchen/status offline");
    }
  }
}
