package io.smollama.readings;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.MessageException;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says what the sources of this node say under {@code PREFIX/NODE/readings}, for the nodes that
 * remember and think.
 *
 * <p>As a state, the newest batch counts: it waits in memory while a broker is away and is kept by
 * the broker for those who come later; what changes in between is said together with all the rest.
 * As events, each batch is kept until the broker has it, in the bounds of the bus. What JSON does
 * not have, NaN and infinite numbers, is left out; what does not fit into a message of a state,
 * too, and is counted. Thread-safe.
 */
public final class EdgePublisher {
  private final MessageBus bus;
  private final String topic;
  private final Message.Kind kind;
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
    this.payload = new EdgePayload(node, clock);
  }

  /** Where it says it. */
  public String topic() {
    return topic;
  }

  /**
   * Says what all sources say now.
   *
   * @throws MessageException if it cannot be kept until it is delivered
   */
  public synchronized void publish(List<Reading> all) {
    newest.clear();
    all.forEach(reading -> newest.put(reading.source(), reading));
    say(all);
  }

  /**
   * Says at once what some source said by itself.
   *
   * @throws MessageException if it cannot be kept until it is delivered
   */
  public synchronized void tell(List<Reading> changed) {
    changed.forEach(reading -> newest.put(reading.source(), reading));
    say(kind == Message.Kind.STATE ? List.copyOf(newest.values()) : changed);
  }

  private void say(List<Reading> readings) {
    List<String> parts = payload.of(readings);
    if (kind == Message.Kind.EVENT) {
      parts.forEach(part -> bus.publish(Message.event(topic, part)));
    } else if (!parts.isEmpty()) {
      bus.publish(Message.state(topic, parts.get(0)));
      leftOut += parts.size() > 1 ? 1 : 0;
    }
  }

  /** How many states did not have room for all sources. */
  public synchronized long leftOut() {
    return leftOut;
  }
}
