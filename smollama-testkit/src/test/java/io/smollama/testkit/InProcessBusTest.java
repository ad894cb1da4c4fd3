package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.TopicFilter;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InProcessBusTest extends MessageBusContract {
  @Override
  protected MessageBus open() {
    return MessageBus.inProcess();
  }

  @Test
  void whatIsMoreThanItHoldsIsDroppedAndCounted() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    try (MessageBus bus = MessageBus.inProcess()) {
      bus.subscribe(
          new TopicFilter("flood"),
          message -> {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      for (int i = 0; i < 10_050; i++) {
        bus.publish(Message.event("flood", "x"));
      }
      assertThat(bus.state().dropped()).isBetween(49L, 50L);
      assertThat(bus.state().waiting()).isBetween(9_999L, 10_000L);
      stuck.countDown();
    }
  }

  @Test
  void whatIsHeavyIsBoundedByItsBytes() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    byte[] heavy = new byte[Message.MOST_BYTES];
    try (MessageBus bus = MessageBus.inProcess()) {
      for (int i = 0; i < 100; i++) {
        bus.publish(Message.state("heavy/" + i, heavy));
      }
      assertThat(bus.state().dropped()).as("states of 16 MiB are kept").isEqualTo(100 - 64);
      bus.subscribe(
          new TopicFilter("flood"),
          message -> {
            try {
              stuck.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      for (int i = 0; i < 100; i++) {
        bus.publish(Message.event("flood", heavy));
      }
      assertThat(bus.state().waiting()).isBetween(63L, 65L);
      stuck.countDown();
    }
  }
}
