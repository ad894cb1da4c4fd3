package io.smollama.dashboard;

import io.smollama.sync.PythonSyncRequest;
import io.smollama.sync.PythonSyncService;
import io.smollama.sync.SyncReply;
import io.smollama.sync.SyncRequest;
import io.smollama.sync.SyncService;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what nodes ask over HTTP to a {@link SyncService}, on threads that may wait. */
final class SyncRequests implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(SyncRequests.class);
  private static final String PATH = "/api/sync/v2/";

  /** More than this in hand at once, and whoever comes is asked to come back. */
  private static final int MOST_IN_HAND = 400;

  private static final List<String> FORWARDED =
      List.of("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via");

  private static final String BUSY_SECONDS = "5";

  private final SyncService service;
  private final Optional<PythonSyncService> pythonNodes;
  private final Executor workers;
  private final LongSupplier nanos;
  private final AtomicInteger inHand = new AtomicInteger();

  SyncRequests(SyncService service, Optional<PythonSyncService> pythonNodes, Executor workers) {
    this.service = service;
    this.pythonNodes = pythonNodes;
    this.workers = workers;
    this.nanos = System::nanoTime;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    String path = exchange.getRequestPath();
    if (isOfPythonNode(path)) {
      inTurn(exchange, this::answerPythonNode);
    } else if (!path.startsWith(PATH)) {
      refuse(exchange, 404, "this is the address for nodes; there is nothing but " + PATH);
    } else if (!exchange.getRequestMethod().equals(Methods.POST)) {
      exchange.getResponseHeaders().put(Headers.ALLOW, "POST");
      refuse(exchange, 405, path + " takes POST only");
    } else {
      inTurn(exchange, this::answerNode);
    }
  }

  private boolean isOfPythonNode(String path) {
    return pythonNodes.isPresent() && PythonSyncService.isFor(path);
  }

  /** How a request is answered. */
  private interface Answering {
    SyncReply answer(HttpServerExchange exchange) throws IOException;
  }

  private void inTurn(HttpServerExchange exchange, Answering answering) {
    if (inHand.incrementAndGet() > MOST_IN_HAND) {
      inHand.decrementAndGet();
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, BUSY_SECONDS);
      refuse(exchange, 503, "too many nodes at once; come back in a moment");
    } else {
      exchange.addExchangeCompleteListener(
          (ended, next) -> {
            inHand.decrementAndGet();
            next.proceed();
          });
      exchange.dispatch(workers, (HttpHandler) asked -> answer(asked, answering));
    }
  }

  private static void answer(HttpServerExchange exchange, Answering answering) {
    exchange.startBlocking();
    try {
      SyncReply reply = answering.answer(exchange);
      reply
          .headers()
          .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
      exchange.setStatusCode(reply.status());
      exchange.getResponseSender().send(ByteBuffer.wrap(reply.body()));
    } catch (RequestTooBigException e) {
      refuse(exchange, 413, "the message is too large; send less at once");
    } catch (IOException e) {
      LOG.debug("A node went away before all that it sent was there: {}", e.getMessage());
      exchange.endExchange();
    } catch (RuntimeException e) {
      LOG.error("A request of a node failed", e); // A path may have a token in it.
      refuse(exchange, 500, "something went wrong inside the server; its log says what");
    }
  }

  private SyncReply answerNode(HttpServerExchange exchange) throws IOException {
    return service.answer(request(exchange));
  }

  private SyncReply answerPythonNode(HttpServerExchange exchange) throws IOException {
    return pythonNodes
        .orElseThrow()
        .answer(
            new PythonSyncRequest(
                exchange.getRequestMethod().toString(),
                exchange.getRequestPath(),
                Optional.of(exchange.getQueryString()),
                header(exchange, Headers.AUTHORIZATION).or(() -> stranger(exchange)),
                new TimelyInputStream(exchange.getInputStream(), nanos)));
  }

  private SyncRequest request(HttpServerExchange exchange) {
    return new SyncRequest(
        exchange.getRequestPath().substring(PATH.length()),
        header(exchange, Headers.AUTHORIZATION).or(() -> stranger(exchange)),
        header(exchange, Headers.CONTENT_ENCODING),
        header(exchange, Headers.ACCEPT_ENCODING),
        new TimelyInputStream(exchange.getInputStream(), nanos));
  }

  /** Who comes through a proxy is not of this machine, though the connection looks so. */
  private static Optional<String> stranger(HttpServerExchange exchange) {
    return FORWARDED.stream().anyMatch(exchange.getRequestHeaders()::contains)
        ? Optional.of("Bearer none")
        : Optional.empty();
  }

  private static Optional<String> header(HttpServerExchange exchange, HttpString name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  private static void refuse(HttpServerExchange exchange, int status, String error) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
    exchange.getResponseSender().send(JsonForms.object().put("error", error).toString());
  }
}
