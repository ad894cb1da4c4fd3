package io.smollama.dashboard;

import io.smollama.sync.PythonSyncService;
import io.smollama.sync.SyncService;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.Options;

/**
 * Where nodes reach a Llama server: {@code /api/sync/v2/}, what nodes with Smollama for Python ask
 * for, and nothing else, so that it may face a network that the dashboard must not face. It has
 * threads of its own; however busy it is, the dashboard answers. Thread-safe.
 */
public final class SyncServer implements AutoCloseable {
  private static final int IO_THREADS = 1;
  private static final int WORKERS = 16;
  private static final int BUFFER_BYTES = 16 * 1024;

  /** Beyond this a connection is cut instead of read to the end of what is refused. */
  private static final long MAX_READ = 10L << 20;

  private static final int MAX_HEADERS = 8 * 1024;
  private static final int PARSE_MILLIS = 10_000;
  private static final int IDLE_MILLIS = 90_000;
  private static final int STALL_MILLIS = 30_000;
  private static final int SHUTDOWN_MILLIS = 300;

  private final Undertow server;
  private final ExecutorService workers;
  private final URI address;
  private final AtomicBoolean closed = new AtomicBoolean();

  private SyncServer(Undertow server, ExecutorService workers, URI address) {
    this.server = server;
    this.workers = workers;
    this.address = address;
  }

  /**
   * Listens.
   *
   * @param pythonNodes answers nodes with Smollama for Python; empty if none are to come
   * @throws DashboardException if the address cannot be listened on, for example because the port
   *     is taken
   */
  public static SyncServer start(
      SyncServerConfig config, SyncService service, Optional<PythonSyncService> pythonNodes) {
    AtomicInteger number = new AtomicInteger();
    ExecutorService workers =
        Executors.newFixedThreadPool(
            WORKERS,
            work -> {
              Thread thread = new Thread(work, "sync-server-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    Undertow server =
        Undertow.builder()
            .addHttpListener(config.port(), config.host())
            .setIoThreads(IO_THREADS)
            .setWorkerThreads(1) // what takes long runs on the workers above
            .setDirectBuffers(false)
            .setBufferSize(BUFFER_BYTES)
            .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, MAX_READ)
            .setServerOption(UndertowOptions.MAX_HEADER_SIZE, MAX_HEADERS)
            .setServerOption(UndertowOptions.REQUEST_PARSE_TIMEOUT, PARSE_MILLIS)
            .setServerOption(UndertowOptions.NO_REQUEST_TIMEOUT, IDLE_MILLIS)
            .setServerOption(UndertowOptions.SHUTDOWN_TIMEOUT, SHUTDOWN_MILLIS)
            .setSocketOption(Options.READ_TIMEOUT, STALL_MILLIS)
            .setSocketOption(Options.WRITE_TIMEOUT, STALL_MILLIS)
            .setHandler(new SyncRequests(service, pythonNodes, workers))
            .build();
    try {
      server.start();
    } catch (RuntimeException e) {
      workers.shutdownNow();
      throw DashboardException.listening(config.host(), config.port(), "sync.server.port", e);
    }
    return new SyncServer(server, workers, address(server, config.host()));
  }

  private static URI address(Undertow server, String host) {
    InetSocketAddress bound = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
    return URI.create("http://" + LoopbackName.bracketed(host) + ":" + bound.getPort());
  }

  /** Where it listens, with the port that is really used. */
  public URI address() {
    return address;
  }

  /** Ends all connections; what is being stored is stored. Calling it again does nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      server.stop();
      workers.shutdown();
    }
  }
}
