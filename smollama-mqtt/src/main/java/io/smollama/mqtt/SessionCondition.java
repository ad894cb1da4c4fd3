package io.smollama.mqtt;

import io.smollama.core.Message;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the connection to a broker is, for people. Thread-safe. */
final class SessionCondition {
  private static final Logger LOG = LoggerFactory.getLogger(SessionCondition.class);

  private final String broker;
  private final InstantSource clock;
  private boolean connected;
  private boolean told;
  private String how = "not connected yet";
  private String note = "";
  private long refused;

  SessionCondition(String broker, InstantSource clock) {
    this.broker = broker;
    this.clock = clock;
  }

  /** From now on there is a connection. */
  synchronized String connected() {
    connected = true;
    note = "";
    told = false;
    how = "connected since " + now();
    return says();
  }

  /**
   * From now on there is none.
   *
   * @return whether that is news
   */
  synchronized boolean lost(String why) {
    boolean same = !connected && how.startsWith(why + ",");
    if (!same) {
      how = "%s, not connected since %s".formatted(why, now());
    }
    boolean news = !told || !same;
    told = true;
    connected = false;
    return news;
  }

  private String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Something is wrong although there is a connection. */
  synchronized void note(String what) {
    note = "; " + what;
  }

  /** The broker will never take a message. */
  synchronized void refused(Message message, String why) {
    refused++;
    note("the broker does not take %s: %s".formatted(message.topic(), why));
    LOG.warn("The broker does not take {}: {}", message, why);
  }

  synchronized long refused() {
    return refused;
  }

  synchronized boolean isConnected() {
    return connected;
  }

  synchronized String says() {
    return broker + ": " + how + note;
  }
}
