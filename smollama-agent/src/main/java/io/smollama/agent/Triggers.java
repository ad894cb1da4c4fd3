package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts into the inbox what the configuration says is to be answered: messages, changes of sources,
 * alarms, times. Nothing that an agent said, nothing that was said before the node came, and
 * nothing that went through more than two agents comes in; nor more than a few messages of a topic
 * a second, nor long ones. Thread-safe.
 */
public final class Triggers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);
  private static final int MOST_HOPS = 2;
  private static final int MOST_BYTES = 64 << 10;
  private static final int EACH_SECOND = 5;

  private final Inbox inbox;
  private final AgentConfig config;
  private final OutgoingMessages ours;
  private final TopicRates rates;
  private final Schedules schedules;
  private final Consumer<Trigger.Kind> woken;
  private final List<MessageBus.Subscription> subscriptions = new ArrayList<>();
  private final Map<SourceId, ReadingValue> last = new HashMap<>();
  private final AtomicLong refused = new AtomicLong();

  /**
   * Triggers that are not listened to yet.
   *
   * @param ours tells what agents said
   * @param nanos a steady clock, such as {@link System#nanoTime}
   * @param woken told when something was put in
   */
  public Triggers(
      Inbox inbox,
      AgentConfig config,
      OutgoingMessages ours,
      LongSupplier nanos,
      ZoneId zone,
      Consumer<Trigger.Kind> woken) {
    this.inbox = inbox;
    this.config = config;
    this.ours = ours;
    this.rates = new TopicRates(EACH_SECOND, nanos);
    this.schedules = new Schedules(config.schedules(), nanos, zone);
    this.woken = woken;
  }

  /** Begins to listen to the topics of the configuration. */
  public synchronized void listen(MessageBus bus) {
    for (TopicTrigger rule : config.topics()) {
      subscriptions.add(bus.subscribe(rule.filter(), message -> heard(message, rule)));
    }
  }

  private void heard(Message message, TopicTrigger rule) {
    if (message.isStored() || ours.isOfAnAgent(message)) {
      return;
    }
    Optional<JsonNode> json = message.text().flatMap(ModelJson::readObject);
    boolean passed =
        message.size() <= MOST_BYTES
            && json.map(given -> given.path("hops").asInt()).orElse(0) < MOST_HOPS
            && rates.admits(message.topic());
    if (!passed) {
      refused.incrementAndGet();
      return;
    }
    String text = message.text().orElse("%,d bytes that are no text".formatted(message.size()));
    // A bare "id" is most times that of the device, the same in each message.
    Optional<String> id =
        json.map(given -> given.path("event_id").asText()).filter(given -> !given.isBlank());
    offer(
        new Trigger(
            Trigger.Kind.MESSAGE,
            message.topic(),
            text,
            isTrusted(message.topic()),
            rule.goodFor().orElse(Trigger.Kind.MESSAGE.usuallyGoodFor()),
            id));
  }

  /** Of several rules that mean a topic the cautious one counts. */
  private boolean isTrusted(String topic) {
    return config.topics().stream()
        .filter(rule -> rule.filter().matches(topic))
        .allMatch(TopicTrigger::trusted);
  }

  /** Looks whether sources of the configuration changed. */
  public synchronized void readings(List<Reading> readings) {
    for (Reading reading : readings) {
      if (config.sources().contains(reading.source().toString())) {
        ReadingValue before = last.put(reading.source(), reading.value());
        if (before != null && !before.equals(reading.value())) {
          offer(
              Trigger.of(
                  Trigger.Kind.EDGE,
                  reading.source().toString(),
                  "%s is now %s".formatted(SourceWords.name(reading), reading.display()),
                  !config.trust().isFromOutside(reading)));
        }
      }
    }
  }

  /** Something was noticed that is out of the ordinary. */
  public void alarm(SourceId source, String text) {
    if (config.alarms()) {
      offer(
          Trigger.of(
              Trigger.Kind.ALARM, source.toString(), text, config.trust().isNamedByOwner(source)));
    }
  }

  /** Looks at the clock; to be called at least once a minute. */
  public synchronized void tick(Instant now) {
    schedules
        .due(now)
        .forEach(due -> offer(Trigger.of(Trigger.Kind.SCHEDULE, due.name(), due.say(), true)));
  }

  /** A full disk must not keep readings from being taken. */
  private void offer(Trigger trigger) {
    try {
      Inbox.Offer offer = inbox.offer(trigger);
      if (offer == Inbox.Offer.TAKEN || offer == Inbox.Offer.JOINED) {
        woken.accept(trigger.kind());
      }
    } catch (InboxException e) {
      refused.incrementAndGet();
      LOG.warn("{} goes unanswered: {}", trigger.key(), e.getMessage());
    }
  }

  /**
   * How many messages were not let in, for coming too fast, too far, too large, or for want of a
   * disk.
   */
  public long refused() {
    return refused.get();
  }

  /** Ends listening. */
  @Override
  public synchronized void close() {
    subscriptions.forEach(MessageBus.Subscription::close);
    subscriptions.clear();
  }
}
