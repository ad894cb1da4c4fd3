package io.smollama.readings;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.MessageException;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what the sources of this node say under {@code PREFIX/NODE/readings}, for the nodes that
 * remember and think.
 *
 * <p>As a state, the newest counts: each batch is said together with the last of all other sources
 * that were measured within the hour, waits in memory while a broker is away, and is kept by the
 * broker for those who come later. As events, each batch is kept until the broker has it, in the
 * bounds of the bus. What JSON does not have, NaN and infinite numbers, is left out; so is what a
 * state has no room for, which is counted. Thread-safe.
 */
public final class EdgePublisher {
  private static final Duration LONGEST_IN_STATE = Duration.ofHours(1);

  private final MessageBus bus;
  private final String topic;
  private final Message.Kind kind;
  private final InstantSource clock;
  private final EdgePayload payload;
  private final Map<SourceId, Reading> newest = new LinkedHashMap<>();
  private long leftOut;

  /**
   * A publisher that has said nothing yet.
   *
   * @param prefix what the topics of all nodes begin with
   * @param node the name of this node
   * @param kind how batches are said
   */
  public EdgePublisher(
      MessageBus bus, String prefix, String node, Message.Kind kind, InstantSource clock) {
    this.bus = bus;
    this.topic = prefix + "/" + node + "/readings";
    this.kind = kind;
    this.clock = clock;
    this.payload = new EdgePayload(node, clock);
  }

  /** Where it says it. */
  public String topic() {
    return topic;
  }

  /**
   * Says a batch.
   *
   * @throws MessageException if it cannot be kept until it is delivered
   */
  public synchronized void publish(List<Reading> batch) {
    if (kind == Message.Kind.EVENT) {
      payload.of(batch).forEach(part -> bus.publish(Message.event(topic, part)));
      return;
    }
    batch.forEach(reading -> newest.put(reading.source(), reading));
    Instant oldest = clock.instant().minus(LONGEST_IN_STATE);
    newest.values().removeIf(reading -> reading.time().isBefore(oldest));
    List<String> parts = payload.of(List.copyOf(newest.values()));
    if (!parts.isEmpty() && !batch.isEmpty()) {
      bus.publish(Message.state(topic, parts.get(0)));
      leftOut += parts.size() > 1 ? 1 : 0;
    }
  }

  /** How many states did not have room for all sources. */
  public synchronized long leftOut() {
    return leftOut;
  }
}
