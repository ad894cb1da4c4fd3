package io.smollama.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.StatusCodes;
import java.util.Map;

/**
 * A request that is not answered as asked, with the reason in a sentence for whoever sent it. As
 * JSON it is a problem detail of RFC 9457.
 */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final HttpString HX_REQUEST = new HttpString("HX-Request");

  private final int status;
  private final transient Map<String, String> headers;

  Refusal(int status, String detail, Map<String, String> headers) {
    super(detail, null, false, false);
    this.status = status;
    this.headers = headers;
  }

  Refusal(int status, String detail) {
    this(status, detail, Map.of());
  }

  /** The caller said something that cannot be. */
  static Refusal badRequest(String detail, Object... values) {
    return new Refusal(400, detail.formatted(values));
  }

  /** The reason in the form that the caller reads: a problem detail, a fragment or plain text. */
  Reply reply(HttpServerExchange exchange) {
    String path = exchange.getRequestPath();
    Reply reply;
    if (path.startsWith("/api/") || path.equals("/api") || path.equals("/events")) {
      reply = problem();
    } else if (exchange.getRequestHeaders().contains(HX_REQUEST)) {
      String fragment = Fragments.problem(getMessage());
      reply = new Reply(status, Reply.html("").type(), fragment, Map.of());
    } else {
      reply = Reply.text(status, getMessage());
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private Reply problem() {
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("type", "about:blank")
            .put("title", StatusCodes.getReason(status))
            .put("status", status)
            .put("detail", getMessage())
            .toString();
    return new Reply(status, "application/problem+json", body, Map.of());
  }
}
