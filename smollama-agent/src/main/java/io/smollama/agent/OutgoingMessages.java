package io.smollama.agent;

import io.smollama.core.Message;
import io.smollama.core.MessageBus;
import io.smollama.core.TopicFilter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a node's model may say to others: anything under its own topics, and under others only what
 * the owner allows. It knows what it has said, which never counts as news to itself. Thread-safe.
 */
public final class OutgoingMessages {
  /** Where agents tell what they did; nobody's agent answers it. */
  static final String AGENT = "agent";

  /** What programs read as words of the node itself, which no model may put into its mouth. */
  private static final Set<String> RESERVED = Set.of(AGENT, "status", "readings");

  private static final int MOST_CHARACTERS = 4_000;
  private static final int REMEMBERED = 200;

  private final MessageBus bus;
  private final String own;
  private final Pattern ofAgents;
  private final List<TopicFilter> allowed;
  private final Deque<Message> said = new ArrayDeque<>();

  /**
   * Messages of a node.
   *
   * @param prefix of all nodes' topics
   * @param node its name
   * @param allowed what it may publish to besides its own
   */
  public OutgoingMessages(MessageBus bus, String prefix, String node, List<TopicFilter> allowed) {
    this.bus = bus;
    this.own = prefix + "/" + node + "/";
    this.ofAgents = Pattern.compile(Pattern.quote(prefix) + "/[^/]+/" + AGENT);
    this.allowed = List.copyOf(allowed);
  }

  /**
   * Says something.
   *
   * @param topic whole, or what follows the node's own
   * @param readOutside whether who says it has read words from outside, and may say it under its
   *     own topics only
   * @return under which topic it was said
   * @throws IllegalArgumentException if it may not
   */
  String publish(String topic, String text, boolean readOutside) {
    boolean isOwn = topic.startsWith(own) || !topic.contains("/");
    String whole = topic.startsWith(own) || !isOwn ? topic : own + topic;
    if (!isOwn && (readOutside || allowed.stream().noneMatch(filter -> filter.matches(topic)))) {
      throw new IllegalArgumentException(
          "it may publish under %s%s; was '%s'"
              .formatted(
                  own + "…",
                  allowed.isEmpty() || readOutside
                      ? " only"
                      : allowed.stream()
                          .map(TopicFilter::text)
                          .collect(Collectors.joining(", ", " and to ", "")),
                  topic.substring(0, Math.min(100, topic.length()))));
    }
    if (RESERVED.stream().anyMatch(word -> whole.equals(own + word))) {
      throw new IllegalArgumentException(
          "the node itself speaks under '%s'; take another word".formatted(whole));
    }
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "a message has at most %,d characters, had %,d"
              .formatted(MOST_CHARACTERS, text.length()));
    }
    say(Message.event(whole, text));
    return whole;
  }

  /** Tells others what the agent did. */
  void tell(String text) {
    say(Message.event(own + AGENT, text));
  }

  private void say(Message message) {
    synchronized (this) {
      said.addLast(message);
      if (said.size() > REMEMBERED) {
        said.removeFirst();
      }
    }
    bus.publish(message);
  }

  /** Whether a message is the node's own, or what another's agent tells that it did. */
  synchronized boolean isOfAnAgent(Message message) {
    return message.topic().startsWith(own)
        || ofAgents.matcher(message.topic()).matches()
        || said.remove(message);
  }
}
