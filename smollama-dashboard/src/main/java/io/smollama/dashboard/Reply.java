package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is sent back.
 *
 * @param status the HTTP status
 * @param type the content type
 * @param body the whole text
 * @param headers further headers
 * @param lines writes what is sent instead of the text, line by line as it comes
 */
record Reply(
    int status, String type, String body, Map<String, String> headers, Optional<Lines> lines) {
  Reply {
    headers = Map.copyOf(headers);
  }

  Reply(int status, String type, String body, Map<String, String> headers) {
    this(status, type, body, headers, Optional.empty());
  }

  /** Says documents one after the other. */
  interface Lines {
    /**
     * Says all of them.
     *
     * @param out takes one; throws {@link UncheckedIOException} when nobody listens any more
     */
    void write(Consumer<JsonNode> out);
  }

  /** Documents, each on a line of its own, sent as they come. */
  static Reply lines(Lines lines) {
    return new Reply(200, "application/x-ndjson", "", Map.of(), Optional.of(lines));
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
    return new Reply(status, type, body, more, lines);
  }

  void send(HttpServerExchange exchange) {
    exchange.setStatusCode(status);
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
    headers.forEach(
        (name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    if (lines.isPresent()) {
      exchange.startBlocking();
      lines.get().write(document -> sendLine(exchange, document));
      exchange.endExchange();
    } else {
      exchange.getResponseSender().send(body, StandardCharsets.UTF_8);
    }
  }

  private static void sendLine(HttpServerExchange exchange, JsonNode document) {
    try {
      OutputStream out = exchange.getOutputStream();
      out.write((document + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
