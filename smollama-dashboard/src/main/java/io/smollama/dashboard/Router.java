package io.smollama.dashboard;

import io.smollama.core.SmollamaException;
import io.undertow.io.Receiver;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Methods;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the endpoint of a request, runs it on a worker thread and sends its reply. */
final class Router implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private final Map<String, Map<String, Endpoint>> routes;

  /**
   * Makes a router.
   *
   * @param routes path, then method, to endpoint; GET answers HEAD too
   */
  Router(Map<String, Map<String, Endpoint>> routes) {
    this.routes = routes;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    try {
      Endpoint endpoint = endpoint(exchange);
      if (exchange.getRequestMethod().equals(Methods.POST)) {
        receive(exchange, endpoint);
      } else {
        exchange.dispatch((HttpHandler) worker -> run(worker, endpoint, new byte[0]));
      }
    } catch (Refusal refusal) {
      refusal.reply(exchange).send(exchange);
    }
  }

  private Endpoint endpoint(HttpServerExchange exchange) {
    String path = exchange.getRequestPath();
    Map<String, Endpoint> methods = routes.get(path);
    if (methods == null) {
      throw new Refusal(404, "There is nothing at %s. The dashboard is at /.".formatted(path));
    }
    String method = exchange.getRequestMethod().toString();
    Endpoint endpoint = methods.get(method.equals("HEAD") ? "GET" : method);
    if (endpoint == null) {
      String allowed = String.join(", ", new TreeSet<>(methods.keySet()));
      throw new Refusal(
          405, "%s takes %s, not %s.".formatted(path, allowed, method), Map.of("Allow", allowed));
    }
    return endpoint;
  }

  /** Takes the body in without holding a thread; it is short or refused. */
  private static void receive(HttpServerExchange exchange, Endpoint endpoint) {
    Receiver receiver = exchange.getRequestReceiver();
    int most = Routes.mostBytes(exchange.getRequestPath());
    receiver.setMaxBufferSize(most);
    receiver.receiveFullBytes(
        (received, body) -> received.dispatch((HttpHandler) worker -> run(worker, endpoint, body)),
        (failed, cause) -> {
          Refusal refusal =
              cause instanceof Receiver.RequestToLargeException
                  ? new Refusal(413, "The body has at most %d bytes.".formatted(most))
                  : Refusal.badRequest("The body did not arrive: %s", cause.getMessage());
          refusal.reply(failed).send(failed);
        });
  }

  private static void run(HttpServerExchange exchange, Endpoint endpoint, byte[] body) {
    Reply reply;
    try {
      reply = endpoint.answer(Request.of(exchange, body));
    } catch (Refusal refusal) {
      reply = refusal.reply(exchange);
    } catch (SmollamaException e) {
      LOG.warn("{} could not be answered", exchange.getRequestPath(), e);
      reply = new Refusal(503, "The node cannot answer now: " + e.getMessage()).reply(exchange);
    } catch (RuntimeException e) {
      LOG.error("{} failed", exchange.getRequestPath(), e);
      String sorry = "Something went wrong inside the node. Its log says what.";
      reply = new Refusal(500, sorry).reply(exchange);
    }
    send(reply, exchange);
  }

  /** What is sent line by line can fail in the middle, when it is too late for an answer. */
  private static void send(Reply reply, HttpServerExchange exchange) {
    try {
      reply.send(exchange);
    } catch (UncheckedIOException e) {
      LOG.debug("Nobody listens any more to {}", exchange.getRequestPath(), e);
      exchange.endExchange();
    } catch (RuntimeException e) {
      LOG.error("{} failed in the middle", exchange.getRequestPath(), e);
      exchange.endExchange();
    }
  }
}
