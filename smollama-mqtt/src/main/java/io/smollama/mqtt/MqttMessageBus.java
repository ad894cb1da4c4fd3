package io.smollama.mqtt;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.MessageException;
import io.smollama.core.TopicFilter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Messages through an MQTT broker. It needs no broker to begin with and waits for none: events are
 * kept in a file until the broker has them, through any end of the process; of states the newest of
 * each topic is kept in memory. It connects again for as long as it is open.
 *
 * <p>Topics are those of MQTT. The broker tells others by a retained {@code online} or {@code
 * offline} under {@link MqttConfig#statusTopic} whether this node is there. Messages of more than
 * 64 KiB and more of a topic than 50 a second, after 1,000 at once, are refused. Also what this
 * process says is heard by its own listeners only through the broker. A listener may hear a stored
 * state again when another subscribes, or after the connection broke. Thread-safe.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v3.1.1/mqtt-v3.1.1.html">MQTT 3.1.1</a>
 */
public final class MqttMessageBus implements MessageBus {
  private static final int MOST_STATES = 1_000;
  private static final long MOST_STATE_BYTES = 8 << 20;

  private final Outbox outbox;
  private final PendingStates states;
  private final Intake intake;
  private final MessageBus listeners = MessageBus.inProcess();
  private final Collection<TopicFilter> filters = new CopyOnWriteArrayList<>();
  private final SessionCondition condition;
  private final BrokerSession session;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();

  private MqttMessageBus(
      MqttConfig config, String node, LinkSettings settings, Outbox outbox, InstantSource clock) {
    BiFunction<LinkSettings, BrokerLink.Listener, BrokerLink> links =
        BrokerLink.of(config.version());
    this.outbox = outbox;
    this.states = new PendingStates(MOST_STATES, MOST_STATE_BYTES);
    this.intake = new Intake(this::hand, System::nanoTime);
    this.condition = new SessionCondition(config.address().toString(), clock);
    this.session =
        new BrokerSession(
            listener -> links.apply(settings, listener),
            new BrokerSession.Parts(
                outbox,
                states,
                intake,
                () -> filters,
                condition,
                new BackoffDelay(new SecureRandom()),
                Message.state(config.statusTopic(node), "online"),
                settings.will()));
  }

  /**
   * Opens the outbox; nothing goes over a network yet.
   *
   * @param config names a broker
   * @param node the name of this node, which no other on this broker has
   * @param outbox a SQLite file for events that the broker does not have yet, for this bus alone
   * @throws MessageException if a file that is named cannot be used
   */
  public static MqttMessageBus open(
      MqttConfig config, String node, Path outbox, InstantSource clock) {
    Message will = Message.state(config.statusTopic(node), "offline");
    String clientId = config.clientId().orElse("smollama-" + node);
    LinkSettings settings = LinkSettings.of(config, clientId, will);
    Outbox events = Outbox.open(outbox, Outbox.Room.USUAL);
    return new MqttMessageBus(config, node, settings, events, clock);
  }

  /** Begins to connect, as the first message and the first listener do, and waits for nothing. */
  public void start() {
    requireOpen();
    if (started.compareAndSet(false, true)) {
      session.start();
    }
  }

  @Override
  public void publish(Message message) {
    start();
    if (message.kind() == Message.Kind.STATE) {
      states.put(message);
    } else {
      outbox.add(message);
    }
    session.wake();
  }

  @Override
  public Subscription subscribe(TopicFilter filter, Consumer<Message> listener) {
    start();
    Subscription local = listeners.subscribe(filter, listener);
    filters.add(filter);
    session.listen(List.of(filter));
    AtomicBoolean ended = new AtomicBoolean();
    return () -> {
      if (ended.compareAndSet(false, true)) {
        local.close();
        filters.remove(filter);
        session.listen(List.of());
      }
    };
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("The message bus is closed");
    }
  }

  private void hand(Message message) {
    if (!closed.get()) {
      listeners.publish(message);
    }
  }

  @Override
  public State state() {
    State local = listeners.state();
    long dropped =
        local.dropped()
            + outbox.dropped()
            + states.dropped()
            + intake.refused()
            + condition.refused();
    return new State(
        condition.isConnected() && !closed.get(),
        condition.says() + intake.says(),
        local.waiting() + outbox.size() + states.waiting(),
        dropped);
  }

  /** Ends all subscriptions and tells the broker; events that it has not yet are kept. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      session.close();
      listeners.close();
      outbox.close();
    }
  }
}
