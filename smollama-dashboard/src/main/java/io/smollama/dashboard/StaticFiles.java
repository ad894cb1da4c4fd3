package io.smollama.dashboard;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ETag;
import io.undertow.util.ETagUtils;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Serves the script, style and icon of the page from memory; nothing else can be named. */
final class StaticFiles implements HttpHandler {
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String TEXT = "text/plain; charset=utf-8";

  /** Each file with its content type. */
  static final Map<String, String> TYPES =
      Map.of(
          "app.css", "text/css; charset=utf-8",
          "app.js", SCRIPT,
          "htmx.min.js", SCRIPT,
          "sse.min.js", SCRIPT,
          "icon.svg", "image/svg+xml",
          "htmx.LICENSE.txt", TEXT,
          "sse.LICENSE.txt", TEXT);

  private final Map<String, Content> files;

  private StaticFiles(Map<String, Content> files) {
    this.files = files;
  }

  private record Content(String type, byte[] bytes, ETag tag) {}

  /** Reads all files from the class path. */
  static StaticFiles load() {
    Map<String, Content> files = new HashMap<>();
    TYPES.forEach((name, type) -> files.put("/static/" + name, content(name, type)));
    return new StaticFiles(files);
  }

  private static Content content(String name, String type) {
    try (InputStream in = StaticFiles.class.getResourceAsStream("static/" + name)) {
      if (in == null) {
        throw new IllegalStateException("The jar of the dashboard lacks static/" + name);
      }
      byte[] bytes = in.readAllBytes();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Content(type, bytes, new ETag(false, HexFormat.of().formatHex(hash, 0, 8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    Content file = files.get(exchange.getRequestPath());
    boolean reads =
        exchange.getRequestMethod().equals(Methods.GET)
            || exchange.getRequestMethod().equals(Methods.HEAD);
    if (file == null) {
      new Refusal(404, "There is no file at " + exchange.getRequestPath() + ".")
          .reply(exchange)
          .send(exchange);
    } else if (!reads) {
      new Refusal(405, "A file can only be read.", Map.of("Allow", "GET"))
          .reply(exchange)
          .send(exchange);
    } else {
      send(exchange, file);
    }
  }

  private static void send(HttpServerExchange exchange, Content file) {
    exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-cache");
    exchange.getResponseHeaders().put(Headers.ETAG, file.tag().toString());
    if (!ETagUtils.handleIfNoneMatch(exchange, file.tag(), true)) {
      exchange.setStatusCode(304);
      exchange.endExchange();
      return;
    }
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, file.type());
    exchange.getResponseSender().send(ByteBuffer.wrap(file.bytes()));
  }
}
