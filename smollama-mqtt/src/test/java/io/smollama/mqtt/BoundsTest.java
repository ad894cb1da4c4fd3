package io.smollama.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.MessageException;
import io.smollama.core.TopicFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does not fit is dropped and counted. */
class BoundsTest {
  @TempDir Path folder;

  private static Message event(int number) {
    return Message.event("count", String.valueOf(number));
  }

  private static List<String> texts(List<Outbox.Waiting> waiting) {
    return waiting.stream().map(one -> one.event().text().orElseThrow()).toList();
  }

  @Nested
  class OfTheOutbox {
    @Test
    void theOldestGo() {
      Path file = folder.resolve("outbox.sqlite");
      try (Outbox outbox = Outbox.open(file, new Outbox.Room(3, 1_000))) {
        IntStream.range(0, 5).forEach(i -> outbox.add(event(i)));
        assertThat(texts(outbox.after(0, 10))).containsExactly("2", "3", "4");
        assertThat(outbox.dropped()).isEqualTo(2);
        outbox.delivered(outbox.after(0, 1));
      }
      try (Outbox again = Outbox.open(file, new Outbox.Room(3, 1_000))) {
        assertThat(texts(again.after(0, 10))).containsExactly("3", "4");
        assertThat(again.size()).isEqualTo(2);
        again.add(Message.event("large", new byte[998]));
        assertThat(again.size()).as("by bytes").isEqualTo(1);
      }
    }

    @Test
    void aDamagedFileIsKeptAndBegunAnew() throws Exception {
      Path file = folder.resolve("outbox.sqlite");
      Files.writeString(
          file, "this is no database at all, and long enough to be looked at ".repeat(99));
      try (Outbox outbox = Outbox.open(file, Outbox.Room.USUAL)) {
        outbox.add(event(1));
        assertThat(outbox.size()).isEqualTo(1);
      }
      assertThat(folder.resolve("outbox.sqlite.damaged")).exists();
    }

    @Test
    void aFolderIsNamed() {
      assertThatThrownBy(() -> Outbox.open(folder, Outbox.Room.USUAL))
          .isInstanceOf(MessageException.class)
          .hasMessageContaining(folder.toString());
    }
  }

  @Nested
  class OfStates {
    @Test
    void theNewestOfEachTopicIsSent() {
      PendingStates states = new PendingStates(2, 100);
      states.put(Message.state("a", "1"));
      states.put(Message.state("a", "2"));
      states.put(Message.state("b", "1"));
      states.put(Message.state("c", "1"));
      assertThat(states.dropped()).isEqualTo(1);
      List<Message> sent = states.take();
      assertThat(sent).extracting(Message::topic).containsExactly("b", "c");
      assertThat(states.take()).isEmpty();
      states.done(sent.get(0));
      states.again(false);
      assertThat(states.take()).extracting(Message::topic).containsExactly("c");
      states.again(true);
      assertThat(states.take()).as("a broker that forgot").hasSize(2);
    }

    @Test
    void aNewerOneIsNotTakenForTheOlderThatArrived() {
      PendingStates states = new PendingStates(2, 100);
      states.put(Message.state("a", "1"));
      List<Message> sent = states.take();
      states.put(Message.state("a", "2"));
      states.done(sent.get(0));
      assertThat(states.waiting()).isEqualTo(1);
    }
  }

  @Nested
  class OfWhatComesIn {
    private final AtomicLong nanoTime = new AtomicLong();
    private final List<Message> taken = new ArrayList<>();
    private final Intake intake = new Intake(taken::add, nanoTime::get);

    @Test
    void aFloodOfOneTopicDoesNotStopAnother() {
      for (int i = 0; i < 1_500; i++) {
        intake.take("flood", new byte[1], false);
      }
      intake.take("other", new byte[1], false);
      assertThat(taken).hasSize(1_001);
      assertThat(intake.refused()).isEqualTo(500);
      nanoTime.addAndGet(TimeUnit.SECONDS.toNanos(1));
      for (int i = 0; i < 100; i++) {
        intake.take("flood", new byte[1], false);
      }
      assertThat(taken).hasSize(1_051);
      assertThat(intake.says()).isEqualTo("; refused 550 that came too fast");
    }

    @Test
    void whatIsTooLargeIsRefused() {
      intake.take("a", new byte[Intake.MOST_BYTES], true);
      intake.take("a", new byte[Intake.MOST_BYTES + 1], true);
      intake.take("a".repeat(5_000), new byte[1], false);
      assertThat(taken).hasSize(1);
      assertThat(taken.get(0).isStored()).isTrue();
      assertThat(intake.says()).isEqualTo("; refused 2 larger than 64 KiB");
    }
  }

  /** A broker learns of a subscription a while after it was made; what was said before is lost. */
  private static void awaitReady(MessageBus bus, BlockingQueue<Message> heard) throws Exception {
    for (int i = 0; i < 60; i++) {
      bus.publish(Message.event("ready" + i, ""));
      for (Message one = heard.poll(1, TimeUnit.SECONDS);
          one != null;
          one = heard.poll(1, TimeUnit.SECONDS)) {
        if (one.topic().startsWith("ready")) { // stored ones come first
          while (heard.poll(500, TimeUnit.MILLISECONDS) != null) {
            // and those said before
          }
          return;
        }
      }
    }
    throw new AssertionError("nothing is heard");
  }

  @Test
  void aBrokersLargeMessageIsCountedAndTheNextHeard() throws Exception {
    try (Mosquitto broker = Mosquitto.in(folder).start();
        Observer other = new Observer(broker, "none");
        MqttMessageBus bus =
            Await.connected(
                MqttMessageBus.open(
                    broker.config(), "pi", folder.resolve("out"), InstantSource.system()))) {
      BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
      bus.subscribe(new TopicFilter("#"), heard::add);
      awaitReady(bus, heard);
      other.say("big", new byte[70_000], 1);
      other.say("small", "1", 1);
      assertThat(heard.poll(30, TimeUnit.SECONDS).topic()).isEqualTo("small");
      assertThat(bus.state().dropped()).isEqualTo(1);
      assertThat(bus.state().says()).endsWith("; refused 1 larger than 64 KiB");
    }
  }
}
