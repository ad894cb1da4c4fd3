package io.smollama.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.TopicFilter;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link MessageBus} does that reaches its listeners. One thread at a time. */
public abstract class MessageBusContract {
  private static final long PATIENCE_SECONDS = 30;

  private MessageBus bus;

  /**
   * A bus on which nothing was said yet, ready to carry.
   *
   * @return each time another one
   */
  protected abstract MessageBus open() throws Exception;

  @BeforeEach
  final void openBus() throws Exception {
    bus = open();
  }

  @AfterEach
  final void closeBus() {
    bus.close();
  }

  private BlockingQueue<Message> listen(String filter) {
    BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    bus.subscribe(new TopicFilter(filter), heard::add);
    return heard;
  }

  private static Message next(BlockingQueue<Message> heard) throws InterruptedException {
    Message message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(message).as("a message within %d s", PATIENCE_SECONDS).isNotNull();
    return message;
  }

  /** All that was said so far has been heard when this one is. */
  private void settle(BlockingQueue<Message> all) throws InterruptedException {
    bus.publish(Message.event("settled", ""));
    while (!next(all).topic().equals("settled")) {
      // what came before it was looked at elsewhere
    }
  }

  @Test
  void anEventReachesAllThatListenToItsTopicByteByByte() throws Exception {
    BlockingQueue<Message> exact = listen("home/hall/door");
    BlockingQueue<Message> any = listen("home/+/door");
    BlockingQueue<Message> other = listen("home/hall/window");
    BlockingQueue<Message> all = listen("#");
    byte[] payload = {0, (byte) 0xff, 7, '\n'};
    bus.publish(Message.event("home/hall/door", payload));
    assertThat(next(exact).payload()).isEqualTo(payload);
    assertThat(next(any).topic()).isEqualTo("home/hall/door");
    settle(all);
    assertThat(other).isEmpty();
  }

  @Test
  void eventsOfOneSenderComeInOrder() throws Exception {
    BlockingQueue<Message> heard = listen("count");
    List<String> said = IntStream.range(0, 200).mapToObj(String::valueOf).toList();
    said.forEach(text -> bus.publish(Message.event("count", text)));
    for (String text : said) {
      assertThat(next(heard).text()).contains(text);
    }
  }

  @Test
  void whoComesLaterHearsTheNewestStateAndNoEvents() throws Exception {
    BlockingQueue<Message> before = listen("#");
    bus.publish(Message.event("lamp", "event"));
    bus.publish(Message.state("lamp", "on"));
    bus.publish(Message.state("lamp", "off"));
    settle(before);
    BlockingQueue<Message> heard = listen("lamp");
    Message first = next(heard);
    assertThat(first.text()).contains("off");
    assertThat(first.isStored()).isTrue();
    bus.publish(Message.state("lamp", "on again"));
    Message second = next(heard);
    assertThat(second.text()).contains("on again");
    assertThat(second.isStored()).isFalse();
  }

  @Test
  void anEmptyStateTakesItBack() throws Exception {
    BlockingQueue<Message> before = listen("#");
    bus.publish(Message.state("lamp", "on"));
    bus.publish(Message.state("lamp", ""));
    settle(before);
    BlockingQueue<Message> heard = listen("lamp");
    settle(listen("#"));
    assertThat(heard).isEmpty();
  }

  @Test
  void aListenerThatFailsHarmsNobodyElse() throws Exception {
    bus.subscribe(
        new TopicFilter("door"),
        message -> {
          throw new IllegalStateException("on purpose");
        });
    BlockingQueue<Message> heard = listen("door");
    bus.publish(Message.event("door", "1"));
    bus.publish(Message.event("door", "2"));
    assertThat(next(heard).text()).contains("1");
    assertThat(next(heard).text()).contains("2");
  }

  @Test
  void aListenerMayPublishAndSubscribe() throws Exception {
    BlockingQueue<Message> answers = listen("answer");
    bus.subscribe(
        new TopicFilter("question"),
        message -> {
          bus.subscribe(new TopicFilter("unused"), unused -> {});
          bus.publish(Message.event("answer", "42"));
        });
    bus.publish(Message.event("question", "?"));
    assertThat(next(answers).text()).contains("42");
  }

  @Test
  void whoEndedItHearsNothingMore() throws Exception {
    BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
    MessageBus.Subscription listening = bus.subscribe(new TopicFilter("door"), heard::add);
    BlockingQueue<Message> all = listen("#");
    bus.publish(Message.event("door", "1"));
    assertThat(next(heard).text()).contains("1");
    listening.close();
    listening.close();
    bus.publish(Message.event("door", "2"));
    settle(all);
    assertThat(heard).isEmpty();
  }

  @Test
  void onceClosedItRefuses() {
    assertThat(bus.state().connected()).isTrue();
    assertThat(bus.state().says()).isNotBlank();
    bus.close();
    bus.close();
    assertThatThrownBy(() -> bus.publish(Message.event("door", "1")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bus.subscribe(new TopicFilter("door"), message -> {}))
        .isInstanceOf(IllegalStateException.class);
  }
}
