package io.smollama.sync;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport.Call;
import io.smollama.testkit.SyncPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A peer behind real HTTP on the loopback. */
final class HttpPeer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** Ports that requests came from, one for each request. */
  final List<Integer> connections = new CopyOnWriteArrayList<>();

  final List<String> authorizations = new CopyOnWriteArrayList<>();

  private HttpPeer(HttpServer server) {
    this.server = server;
  }

  interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  static HttpPeer start(Handler handler) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpPeer peer = new HttpPeer(HttpServer.create(any, 0));
    peer.server.setExecutor(peer.threads);
    peer.server.createContext(
        "/",
        exchange -> {
          peer.connections.add(exchange.getRemoteAddress().getPort());
          peer.authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          try (exchange) {
            handler.handle(exchange);
          }
        });
    peer.server.start();
    return peer;
  }

  static HttpPeer answering(SyncPeer peer) throws IOException {
    return start(exchange -> answer(peer, exchange));
  }

  private static void answer(SyncPeer peer, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().replace("/api/sync/v2/", "");
    Call call = Call.valueOf(path.toUpperCase(Locale.ROOT));
    byte[] message = SyncWire.gunzip(exchange.getRequestBody().readAllBytes());
    try {
      byte[] answer = SyncWire.gzip(peer.answer(call, message));
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      send(exchange, 200, answer);
    } catch (SyncException e) {
      if (e.fault() != Fault.UNREACHABLE) {
        e.retryAfter()
            .ifPresent(
                after ->
                    exchange
                        .getResponseHeaders()
                        .set("Retry-After", Long.toString(after.toSeconds())));
        String error = "{\"error\":\"" + e.getMessage() + "\"}";
        send(exchange, FaultStatus.of(e.fault()), error.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
