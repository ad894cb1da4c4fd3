package io.smollama.agent;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** A model's server on real HTTP that says what a test has written for it. Thread-safe. */
final class FakeHttp implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, List<String>> bodies = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch clientGone = new CountDownLatch(1);
  private volatile Headers lastHeaders = new Headers();

  /** How an answer ends. */
  enum End {
    /** As HTTP has it. */
    WHOLE,
    /** The connection breaks. */
    BROKEN,
    /** It does not: nothing more comes. */
    SILENT
  }

  /** An answer in pieces, each sent at once. */
  record Reply(int status, String type, Stream<byte[]> pieces, End end, Runnable whenSilent) {
    static Reply json(int status, String body) {
      return new Reply(status, "application/json", Stream.of(utf8(body)), End.WHOLE, () -> {});
    }

    static Reply lines(String type, Stream<String> lines, End end) {
      return new Reply(200, type, lines.map(line -> utf8(line + "\n")), end, () -> {});
    }

    Reply whenSilent(Runnable run) {
      return new Reply(status, type, pieces, end, run);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  FakeHttp() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  void on(String path, Function<String, Reply> answer) {
    server.createContext(path, exchange -> handle(exchange, answer));
  }

  String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Where nobody listens: a port that was free a moment ago. */
  static String unusedAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  /** What was sent to a path so far. */
  List<String> bodies(String path) {
    return bodies.getOrDefault(path, List.of());
  }

  /** A header of the last request. */
  String header(String name) {
    return lastHeaders.getFirst(name);
  }

  /** Waits until a client has closed the connection in the midst of an answer. */
  boolean sawClientGo() throws InterruptedException {
    return clientGone.await(30, TimeUnit.SECONDS);
  }

  private void handle(HttpExchange exchange, Function<String, Reply> answer) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    bodies
        .computeIfAbsent(exchange.getRequestURI().getPath(), path -> new CopyOnWriteArrayList<>())
        .add(body);
    lastHeaders = exchange.getRequestHeaders();
    Reply reply = answer.apply(body);
    exchange.getResponseHeaders().set("Content-Type", reply.type());
    exchange.sendResponseHeaders(reply.status(), 0);
    OutputStream out = exchange.getResponseBody();
    if (!sent(reply.pieces().iterator(), out)) {
      clientGone.countDown();
      exchange.close();
    } else if (reply.end() == End.WHOLE) {
      out.close();
    } else {
      stay(reply);
      exchange.close();
    }
  }

  private static boolean sent(Iterator<byte[]> pieces, OutputStream out) {
    try {
      while (pieces.hasNext()) {
        out.write(pieces.next());
        out.flush();
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void stay(Reply reply) {
    if (reply.end() == End.SILENT) {
      reply.whenSilent().run();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    threads.shutdownNow();
    server.stop(0);
  }
}
