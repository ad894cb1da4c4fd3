package io.smollama.dashboard;

import io.smollama.memory.Observation;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.sse.ServerSentEventConnection;
import io.undertow.server.handlers.sse.ServerSentEventHandler;
import io.undertow.util.Methods;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open pages, each at the end of a stream of server-sent events. A page that connects, for the
 * first time or again, is told {@code hello} and the readings. Batches that come in quick
 * succession are shown as one. Thread-safe.
 */
final class LivePages implements HttpHandler, AutoCloseable {
  static final int MOST = 64;
  private static final Logger LOG = LoggerFactory.getLogger(LivePages.class);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);
  private static final Duration RECONNECT = Duration.ofSeconds(3);
  private static final Duration TOGETHER = Duration.ofMillis(100);

  private final WebPages content;
  private final ScheduledExecutorService pusher;
  private final Set<LivePage> pages = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean due = new AtomicBoolean();
  private final ServerSentEventHandler events;
  private volatile boolean closed;

  LivePages(WebPages content, ScheduledExecutorService pusher) {
    this.content = content;
    this.pusher = pusher;
    this.events = new ServerSentEventHandler((connection, lastEvent) -> connected(connection));
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    if (!exchange.getRequestMethod().equals(Methods.GET)) {
      new Refusal(405, "/events takes GET.", Map.of("Allow", "GET")).reply(exchange).send(exchange);
    } else if (closed || pages.size() >= MOST) {
      String detail = "%d pages are open already. Close one.".formatted(MOST);
      new Refusal(503, detail, Map.of("Retry-After", "30")).reply(exchange).send(exchange);
    } else {
      events.handleRequest(exchange);
    }
  }

  private void connected(ServerSentEventConnection connection) {
    LivePage page = new LivePage(connection);
    connection.addCloseTask(gone -> pages.remove(page));
    connection.setKeepAliveTime(KEEP_ALIVE.toMillis());
    connection.sendRetry(RECONNECT.toMillis());
    connection.send("", "hello", null, null);
    pages.add(page);
    if (closed || !connection.isOpen()) {
      pages.remove(page);
      page.close();
    } else {
      readings();
    }
  }

  /** Has the readings shown soon, if anybody looks. */
  void readings() {
    if (!pages.isEmpty() && due.compareAndSet(false, true)) {
      try {
        pusher.schedule(this::pushReadings, TOGETHER.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("The dashboard is closing", e);
      }
    }
  }

  private void pushReadings() {
    due.set(false);
    try {
      String html = content.readingsNow();
      pages.forEach(page -> page.show(html));
    } catch (RuntimeException e) {
      LOG.warn("The readings could not be pushed to the open pages", e);
    }
  }

  void observed(Observation observation) {
    if (!pages.isEmpty()) {
      String html = content.noticedNow(observation);
      pages.forEach(page -> page.tell(html));
    }
  }

  @Override
  public void close() {
    closed = true;
    pusher.shutdownNow();
    pages.forEach(LivePage::close);
    pages.clear();
  }
}
