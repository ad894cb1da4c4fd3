package io.smollama.agent;

import io.smollama.core.Message;
import io.smollama.core.TopicFilter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was heard lately, for a model to look up: the newest few of each topic, of the topics that
 * spoke last. It hears what {@link #take} is subscribed to. Thread-safe.
 */
public final class RecentMessages {
  /** The most characters of a message that are kept. */
  public static final int MOST_CHARACTERS = 500;

  private final int mostOfATopic;
  private final int mostTopics;
  private final InstantSource clock;
  private final Map<String, Deque<Heard>> topics = new LinkedHashMap<>();
  private long number;

  /**
   * A message as it was heard. Immutable.
   *
   * @param text its beginning, or how many bytes it had if it was no text
   * @param at when it was heard; when it was said is not known of a stored one
   * @param stored whether it was said before anybody here listened
   * @param number which one it was of all, for those of one instant
   */
  public record Heard(String topic, String text, Instant at, boolean stored, long number) {}

  /**
   * Nothing yet.
   *
   * @param mostOfATopic how many of each topic are kept
   * @param mostTopics how many topics are
   */
  public RecentMessages(int mostOfATopic, int mostTopics, InstantSource clock) {
    if (mostOfATopic < 1 || mostTopics < 1) {
      throw new IllegalArgumentException(
          "At least one message of one topic is kept, was %d of %d"
              .formatted(mostOfATopic, mostTopics));
    }
    this.mostOfATopic = mostOfATopic;
    this.mostTopics = mostTopics;
    this.clock = clock;
  }

  /** Ten of each of 200 topics. */
  public static RecentMessages usual(InstantSource clock) {
    return new RecentMessages(10, 200, clock);
  }

  /** Keeps a message; to be subscribed to a bus. */
  public synchronized void take(Message message) {
    Deque<Heard> ofTopic = topics.remove(message.topic());
    if (ofTopic == null) {
      ofTopic = new ArrayDeque<>();
    }
    topics.put(message.topic(), ofTopic); // the last one spoke last
    ofTopic.addFirst(
        new Heard(message.topic(), shown(message), clock.instant(), message.isStored(), number++));
    if (ofTopic.size() > mostOfATopic) {
      ofTopic.removeLast();
    }
    if (topics.size() > mostTopics) {
      Iterator<String> silent = topics.keySet().iterator();
      silent.next();
      silent.remove();
    }
  }

  private static String shown(Message message) {
    String text = message.text().orElse("%,d bytes".formatted(message.size()));
    if (text.length() <= MOST_CHARACTERS) {
      return text;
    }
    boolean splits = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
    return text.substring(0, splits ? MOST_CHARACTERS - 1 : MOST_CHARACTERS) + "…";
  }

  /**
   * What was heard under some topics.
   *
   * @return the newest first
   */
  public synchronized List<Heard> newest(TopicFilter filter, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("The limit is at least 1, was " + limit);
    }
    List<Heard> found = new ArrayList<>();
    topics.forEach(
        (topic, heard) -> {
          if (filter.matches(topic)) {
            found.addAll(heard);
          }
        });
    found.sort(Comparator.comparingLong(Heard::number).reversed());
    return List.copyOf(found.subList(0, Math.min(limit, found.size())));
  }
}
