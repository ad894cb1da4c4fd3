package io.smollama.sync;

import com.sun.net.httpserver.HttpExchange;
import io.smollama.core.SyncException;
import io.smollama.core.SyncTransport.Call;
import io.smollama.testkit.SyncPeer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A {@link SyncService} at the end of a transport of a test, in memory or over HTTP. */
final class ServicePeer implements SyncPeer {
  private final SyncService service;
  private final String token;

  ServicePeer(SyncService service, String token) {
    this.service = service;
    this.token = token;
  }

  @Override
  public byte[] answer(Call call, byte[] message) {
    SyncReply reply = answered(call, message);
    if (reply.status() == 200) {
      return reply.body();
    }
    String words = new String(reply.body(), StandardCharsets.UTF_8);
    String after = reply.headers().getOrDefault("Retry-After", "");
    throw after.isEmpty()
        ? new SyncException("service", FaultStatus.fault(reply.status()), words)
        : SyncException.busy("service", words, Duration.ofSeconds(Long.parseLong(after)));
  }

  private SyncReply answered(Call call, byte[] message) {
    try {
      return service.answer(
          new SyncRequest(
              call.name().toLowerCase(Locale.ROOT),
              Optional.of("Bearer " + token),
              Optional.empty(),
              Optional.empty(),
              new ByteArrayInputStream(message)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a web server has to do. */
  static void handle(SyncService service, HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    SyncReply reply =
        service.answer(
            new SyncRequest(
                path.substring(path.lastIndexOf('/') + 1),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Encoding")),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept-Encoding")),
                exchange.getRequestBody()));
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    HttpPeer.send(exchange, reply.status(), reply.body());
  }
}
