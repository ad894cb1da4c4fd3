package io.smollama.readings;

import io.smollama.core.Message;
import io.smollama.core.TopicFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Understands the messages of some topics. Thread-safe. */
interface MessageReader {
  /** Which messages tell readings. */
  TopicFilter readings();

  /**
   * The readings of a message that can be taken.
   *
   * @param faults is told what cannot
   */
  List<Heard> read(Message message, Instant now, Consumer<MessageFault> faults);

  /** Which messages say whether somebody is there. */
  List<TopicFilter> presences();

  /** Who says so in a message of such a topic; empty if nobody does. */
  Optional<String> device(String topic);

  /** Whether what came through an origin before is still listened to. */
  boolean knows(String origin);

  /** What is configured for an origin. */
  Optional<Duration> staleAfter(String origin);
}
