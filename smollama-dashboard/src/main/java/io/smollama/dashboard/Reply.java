package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is sent back.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param body the whole text
 * @param headers further headers
 */
record Reply(int status, String type, String body, Map<String, String> headers) {
  Reply {
    headers = Map.copyOf(headers);
  }

  static Reply html(String body) {
    return new Reply(200, "text/html; charset=utf-8", body, Map.of());
  }

  static Reply json(int status, JsonNode body) {
    return new Reply(status, "application/json", body.toString(), Map.of());
  }

  /** What a desk answers; what it calls wrong is for the asker to mend. */
  static Reply answering(Supplier<? extends JsonNode> desk) {
    try {
      return json(200, desk.get());
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("%s.", e.getMessage());
    }
  }

  static Reply text(int status, String body) {
    return new Reply(status, "text/plain; charset=utf-8", body + "\n", Map.of());
  }

  Reply with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Reply(status, type, body, more);
  }

  void send(HttpServerExchange exchange) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    headers.forEach(
        (name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    exchange.getResponseSender().send(body, StandardCharsets.UTF_8);
  }
}
