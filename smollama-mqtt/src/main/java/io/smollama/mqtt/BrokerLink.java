package io.smollama.mqtt;

import io.smollama.core.Message;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * One connection to a broker, used once: nothing of it is carried over to the next but what the
 * broker keeps. Thread-safe.
 */
interface BrokerLink {
  /** Who hears what comes over it, on threads that must not be kept waiting. */
  interface Listener {
    /** A message came. */
    void received(String topic, byte[] payload, boolean stored);

    /** It broke, or never was. */
    void lost(Throwable cause);
  }

  /**
   * Connects.
   *
   * @param anew whether the broker shall forget what it kept for this client
   * @return whether it kept anything
   */
  CompletableFuture<Boolean> connect(boolean anew);

  /** Sends a message; done when the broker has it. */
  CompletableFuture<?> publish(Message message);

  /** Listens; done when the broker says so. */
  CompletableFuture<?> subscribe(Collection<String> filters);

  /** Listens no longer. */
  CompletableFuture<?> unsubscribe(Collection<String> filters);

  /** Ends it, so that no last will is published. */
  CompletableFuture<?> disconnect();

  /** Makes links of a version of MQTT. */
  static BiFunction<LinkSettings, Listener, BrokerLink> of(int version) {
    return version == 5 ? Mqtt5Link::new : Mqtt3Link::new;
  }
}
