package io.smollama.core;

import java.util.function.Consumer;

/**
 * Carries messages between those who say something under a topic and those who listen to it: within
 * a process, or through a broker.
 *
 * <p>Implementations take a message without waiting for the world, keep events of one sender in
 * their order, and hand each to all whose filter means its topic, as often as they subscribed. A
 * state is handed first, as stored, to those who come later. What a listener throws harms nobody
 * else. When more comes than is taken, messages are dropped, which {@link #state} counts. Once
 * closed they refuse with {@link IllegalStateException}.
 *
 * <p>Callers may rely on listeners being called one at a time on a thread of the bus; they may
 * publish and subscribe there, and shall not wait. An event may come twice. Thread-safe.
 */
public interface MessageBus extends AutoCloseable {
  /**
   * Hands a message on. A stored state is handed on as it is, and kept by nobody.
   *
   * @throws MessageException if it cannot be kept until it is delivered
   */
  void publish(Message message);

  /**
   * Begins to listen.
   *
   * @return what ends it, any number of times
   */
  Subscription subscribe(TopicFilter filter, Consumer<Message> listener);

  /** How it is; answers at once. */
  State state();

  /** Ends all subscriptions. Calling it again does nothing. */
  @Override
  void close();

  /** A bus within this process. */
  static MessageBus inProcess() {
    return new InProcessBus();
  }

  /** Listening, which can end. Thread-safe. */
  interface Subscription extends AutoCloseable {
    /** Ends it: nothing that is published from now on is heard. */
    @Override
    void close();
  }

  /**
   * How a bus is. Immutable.
   *
   * @param connected whether messages reach all that they can reach
   * @param says where it leads and what is wrong, in one line for people
   * @param waiting how many messages wait to be delivered
   * @param dropped how many were dropped since it was opened, for want of room
   */
  record State(boolean connected, String says, long waiting, long dropped) {}
}
