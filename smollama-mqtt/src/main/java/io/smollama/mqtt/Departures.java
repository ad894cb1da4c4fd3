package io.smollama.mqtt;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import io.smollama.core.Message;
import io.smollama.core.MessageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what waits, events in their order, a few at a time, and lets go of what the broker has.
 * What was on its way when a connection ended is sent again over the next. On the thread of its
 * worker.
 */
final class Departures {
  private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
  private static final int MOST_ON_THE_WAY = 32;
  private static final Duration AFTER_DISK_TROUBLE = Duration.ofSeconds(10);

  private final Outbox outbox;
  private final PendingStates states;
  private final SessionCondition condition;
  private final SingleWorker worker;
  private final Runnable more;
  private final List<Outbox.Waiting> arrived = new ArrayList<>();
  private @Nullable BrokerLink link;
  private Consumer<Throwable> broken = cause -> {};
  private int onTheWay;
  private long sentUpTo;

  /**
   * @param more asks for more to be sent
   */
  Departures(
      Outbox outbox,
      PendingStates states,
      SessionCondition condition,
      SingleWorker worker,
      Runnable more) {
    this.outbox = outbox;
    this.states = states;
    this.condition = condition;
    this.worker = worker;
    this.more = more;
  }

  /**
   * From now on over this connection.
   *
   * @param forgotten whether the broker may have lost what it had
   * @param broken is told when it does not carry
   */
  void over(BrokerLink next, boolean forgotten, Consumer<Throwable> broken) {
    this.link = next;
    this.broken = broken;
    onTheWay = 0;
    sentUpTo = 0;
    states.again(forgotten);
  }

  void halt() {
    link = null;
  }

  void send() {
    BrokerLink now = link;
    if (now == null) {
      return;
    }
    try {
      states.take().forEach(state -> send(now, state, () -> states.done(state)));
      for (Outbox.Waiting next : outbox.after(sentUpTo, MOST_ON_THE_WAY - onTheWay)) {
        sentUpTo = next.id();
        onTheWay++;
        send(now, next.event(), () -> arrived(now, next));
      }
    } catch (MessageException e) {
      condition.note(e.getMessage());
      LOG.warn("{}", e.getMessage());
      worker.runAfter(AFTER_DISK_TROUBLE, more);
    }
  }

  private void send(BrokerLink over, Message message, Runnable whenArrived) {
    Consumer<Throwable> ending = broken;
    over.publish(message)
        .whenComplete(
            (done, failure) -> {
              Throwable why = failure == null ? null : LinkTrouble.unwrapped(failure);
              boolean refused =
                  why instanceof Mqtt5PubAckException || why instanceof MqttEncodeException;
              if (refused) {
                condition.refused(message, why.getMessage());
              }
              if (why == null || refused) {
                worker.run(whenArrived);
              } else {
                over.disconnect();
                ending.accept(why);
              }
            });
  }

  /** Many that arrive at once are let go of at once. */
  private void arrived(BrokerLink over, Outbox.Waiting event) {
    onTheWay -= over == link ? 1 : 0;
    arrived.add(event);
    if (arrived.size() == 1) {
      worker.run(this::letGo);
    }
  }

  void letGo() {
    try {
      outbox.delivered(arrived);
    } catch (MessageException e) {
      LOG.warn("{}; these events will be sent again", e.getMessage());
    }
    arrived.clear();
    more.run();
  }
}
