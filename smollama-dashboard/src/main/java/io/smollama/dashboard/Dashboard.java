package io.smollama.dashboard;

import io.smollama.core.Reading;
import io.smollama.memory.Observation;
import io.smollama.memory.ReadingHistory;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The dashboard of a node: a web page with live values, and the same as a JSON API. It listens on
 * the loopback only and keeps a handful of threads. Thread-safe.
 */
public final class Dashboard implements AutoCloseable {
  private static final int IO_THREADS = 1;
  private static final int WORKERS = 6;

  /** What a body may have at the most before the connection is cut instead of read to its end. */
  private static final long MAX_READ = 1024 * 1024;

  /** Undertow's own choice for a small heap is 512 bytes, and a page then takes many writes. */
  private static final int BUFFER_BYTES = 8 * 1024;

  private static final int SHUTDOWN_MILLIS = 300;
  private static final int PARSE_MILLIS = 10_000;
  private static final int IDLE_MILLIS = 60_000;

  private final Undertow server;
  private final String host;
  private final LatestReadings latest;
  private final LivePages live;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Dashboard(Undertow server, String host, LatestReadings latest, LivePages live) {
    this.server = server;
    this.host = host;
    this.latest = latest;
    this.live = live;
  }

  /**
   * Opens the dashboard, whatever {@link DashboardConfig#enabled} says.
   *
   * @throws DashboardException if the address cannot be listened on, for example because the port
   *     is taken
   */
  public static Dashboard start(DashboardConfig config, NodeView node) {
    LatestReadings latest = new LatestReadings(node.readings(), node.clock());
    KnowledgeSearch search = new KnowledgeSearch(node.memory(), node.clock());
    Questions questions = new Questions(node.ask());
    KnowledgeDesk desk = new KnowledgeDesk(node.memory(), node.clock(), node.name());
    Findings findings = new Findings(node, search);
    CorrectionPages corrections = new CorrectionPages(node, desk, findings);
    WebPages pages = new WebPages(node, latest, findings, questions, corrections);
    JsonApi api = new JsonApi(node, latest, search, questions);
    MemoryApi memory =
        new MemoryApi(desk, new MemoryCare(node.memory(), node.clock(), node.ask().summariser()));
    ReadingHistory past = node.memory().readings();
    ReadingsApi history =
        new ReadingsApi(
            new ReadingsDesk(past, node.clock(), node.zone()), new ReadingsIntake(past));
    LivePages live = new LivePages(pages, pusher());
    Router router =
        new Router(
            Routes.of(
                pages,
                corrections,
                api,
                history,
                memory,
                new SyncApi(node.sync()),
                new ActApi(node)));
    Undertow server = server(config, new RequestGuard(fork(StaticFiles.load(), live, router)));
    try {
      server.start();
    } catch (RuntimeException e) {
      live.close();
      throw DashboardException.listening(
          config.host(), config.port(), "--port or dashboard.port", e);
    }
    return new Dashboard(server, LoopbackName.bracketed(config.host()), latest, live);
  }

  private static ScheduledExecutorService pusher() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "dashboard-push");
          thread.setDaemon(true);
          return thread;
        });
  }

  private static HttpHandler fork(StaticFiles files, LivePages live, Router router) {
    return exchange -> {
      String path = exchange.getRequestPath();
      if (path.startsWith("/static/")) {
        files.handleRequest(exchange);
      } else if (path.equals("/events")) {
        live.handleRequest(exchange);
      } else {
        router.handleRequest(exchange);
      }
    };
  }

  private static Undertow server(DashboardConfig config, HttpHandler guarded) {
    return Undertow.builder()
        .addHttpListener(config.port(), config.host())
        .setIoThreads(IO_THREADS)
        .setWorkerThreads(WORKERS)
        .setDirectBuffers(false)
        .setBufferSize(BUFFER_BYTES)
        .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_READ)
        .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_MILLIS)
        .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
        .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
        .setHandler(new SafeHeaders(guarded))
        .build();
  }

  /** Where the page is, with the port that is really used. */
  public URI address() {
    InetSocketAddress bound = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return URI.create("http://" + host + ":" + bound.getPort());
  }

  /** Shows new readings on the open pages. Returns at once. */
  public void readings(List<Reading> batch) {
    latest.add(batch);
    live.readings();
  }

  /** Shows an observation on the open pages. Returns at once. */
  public void observed(Observation observation) {
    live.observed(observation);
  }

  /** Ends all connections, live ones too, within a second. Calling it again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      live.close();
      server.stop();
    }
  }
}
