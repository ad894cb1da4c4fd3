package io.smollama.dashboard;

import io.undertow.server.handlers.sse.ServerSentEventConnection;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One open page. At most one event is on its way to it; readings that wait are replaced by newer
 * ones, and of the observations that wait the oldest go first when there are too many, so that a
 * slow page costs little and holds nobody up. Thread-safe.
 */
final class LivePage implements ServerSentEventConnection.EventCallback {
  static final String READINGS = "readings";
  static final String OBSERVATION = "observation";
  private static final int MOST_WAITING = 32;

  private final ServerSentEventConnection connection;
  private final Deque<String> observations = new ArrayDeque<>();
  private @Nullable String readings;
  private boolean sending;

  LivePage(ServerSentEventConnection connection) {
    this.connection = connection;
  }

  private record Event(String name, String html) {}

  void show(String newReadings) {
    synchronized (this) {
      readings = newReadings;
    }
    sendNext();
  }

  void tell(String observation) {
    synchronized (this) {
      if (observations.size() == MOST_WAITING) {
        observations.removeFirst();
      }
      observations.addLast(observation);
    }
    sendNext();
  }

  /**
   * Undertow calls {@link #done} while it holds the connection's lock, and takes that lock to send:
   * so nothing is sent while the page's own lock is held.
   */
  private void sendNext() {
    Event next = next();
    if (next != null) {
      // A line break in the data could begin another event; HTML takes a blank as well.
      connection.send(next.html().replaceAll("\\R", " "), next.name(), null, this);
    }
  }

  private synchronized @Nullable Event next() {
    if (sending) {
      return null;
    }
    String observation = observations.pollFirst();
    Event event = observation != null ? new Event(OBSERVATION, observation) : null;
    if (event == null && readings != null) {
      event = new Event(READINGS, readings);
      readings = null;
    }
    sending = event != null;
    return event;
  }

  @Override
  public void done(ServerSentEventConnection connection, String data, String event, String id) {
    synchronized (this) {
      sending = false;
    }
    sendNext();
  }

  /** The connection is closed, so nothing more is sent. */
  @Override
  public void failed(
      ServerSentEventConnection connection,
      String data,
      String event,
      String id,
      IOException cause) {}

  void close() {
    try {
      connection.close();
    } catch (IOException e) {
      // it is gone, which is what was wanted
    }
  }
}
