package io.smollama.sync;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.SyncException;
import io.smollama.core.SyncException.Fault;
import io.smollama.core.SyncTransport;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * To a Llama server over HTTP: packed, with a bearer token, on a connection that is used again, and
 * trusting whom this machine trusts. It follows no redirect, so that the token goes nowhere else,
 * and uses no proxy to this machine. Thread-safe.
 */
public final class HttpSyncTransport implements SyncTransport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType TYPE = MediaType.get(SyncWire.MEDIA_TYPE);
  private static final String PATH = "/api/sync/v2/";
  private static final int LONGEST_ERROR = 300;
  private static final int MOST_ERROR_BYTES = 8 * 1024;

  /** Shorter than what routers commonly remember. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(60);

  private static final Duration LONGEST_CALL = Duration.ofMinutes(10);

  private final HttpSyncConfig config;
  private final OkHttpClient client;
  private volatile boolean closed;

  private HttpSyncTransport(HttpSyncConfig config, OkHttpClient client) {
    this.config = config;
    this.client = client;
  }

  /** A transport that connects when it is first asked. */
  public static HttpSyncTransport open(HttpSyncConfig config) {
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .connectTimeout(config.connectTimeout())
            .readTimeout(config.stallTimeout())
            .writeTimeout(config.stallTimeout())
            .callTimeout(LONGEST_CALL)
            .connectionPool(new ConnectionPool(1, KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
            .followRedirects(false)
            .followSslRedirects(false);
    if (config.isLoopback()) {
      client.proxy(Proxy.NO_PROXY);
    }
    return new HttpSyncTransport(config, client.build());
  }

  @Override
  public String peer() {
    return config.base();
  }

  @Override
  public byte[] ask(Call call, byte[] message) {
    if (closed) {
      throw failure(Fault.UNREACHABLE, "the transport was closed");
    }
    try (Response response = client.newCall(request(call, message)).execute()) {
      if (response.code() != 200) {
        throw refused(response);
      }
      return SyncWire.readBounded(response.body().byteStream());
    } catch (MalformedMessageException e) {
      throw new SyncException(peer(), Fault.BROKEN, "the answer: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new SyncException(peer(), Fault.UNREACHABLE, reason(e), e);
    }
  }

  private Request request(Call call, byte[] message) {
    Request.Builder request =
        new Request.Builder()
            .url(config.base() + PATH + call.name().toLowerCase(Locale.ROOT))
            .header("Content-Encoding", "gzip")
            .post(RequestBody.create(SyncWire.gzip(message), TYPE));
    config.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request.build();
  }

  private SyncException refused(Response response) throws IOException {
    Fault fault = FaultStatus.fault(response.code());
    String words = "HTTP %d %s".formatted(response.code(), words(response)).strip();
    String after = response.header("Retry-After", "");
    if (fault == Fault.BUSY && after.matches("[0-9]{1,6}")) {
      return SyncException.busy(peer(), words, Duration.ofSeconds(Long.parseLong(after)));
    }
    return failure(fault, words);
  }

  /** The server's own words if it gave any; a balancer on the way answers in HTML. */
  private static String words(Response response) throws IOException {
    String location = response.header("Location", "");
    if (response.isRedirect() && !location.isEmpty()) {
      return oneLine("sends elsewhere, to " + location + "; configure that address if it is right");
    }
    byte[] body;
    try (InputStream in = response.body().byteStream()) {
      body = in.readNBytes(MOST_ERROR_BYTES);
    }
    try {
      return oneLine(JSON.readTree(body).path("error").asText());
    } catch (IOException e) {
      String text = new String(body, StandardCharsets.UTF_8);
      return text.stripLeading().startsWith("<") ? response.message() : oneLine(text);
    }
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() > LONGEST_ERROR ? line.substring(0, LONGEST_ERROR) + "…" : line;
  }

  private SyncException failure(Fault fault, String words) {
    return new SyncException(peer(), fault, words);
  }

  private String reason(IOException e) {
    if (closed) {
      return "the transport was closed";
    } else if (e instanceof UnknownHostException) {
      return "the host is unknown";
    } else if (e instanceof ConnectException) {
      return "not reachable";
    } else if (e instanceof InterruptedIOException) {
      return "no answer in time";
    } else if (e instanceof SSLException) {
      return oneLine("no safe connection, check the certificate and this clock: " + e.getMessage());
    }
    return oneLine("the connection broke: " + e.getMessage());
  }

  @Override
  public void close() {
    closed = true;
    client.dispatcher().cancelAll();
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
