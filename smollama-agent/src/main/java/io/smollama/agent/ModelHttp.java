package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.ChatException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * HTTP to a model's server. A call ends when no byte came for the stall timeout, when its deadline
 * passes, when its thread is interrupted and when this is closed; each end closes the connection,
 * by which the server knows that it can stop. Every failure is a {@link ChatException}.
 * Thread-safe.
 */
final class ModelHttp implements AutoCloseable {
  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int LONGEST_ERROR = 64 << 10;

  private final String server;
  private final URI address;
  private final Map<String, String> headers;
  private final Duration stall;
  private final Set<Call> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;
  private OkHttpClient client;

  /**
   * @param kind what the server is, for messages: {@code Ollama}
   * @param address where, with a prefix of the path or none
   * @param headers sent with every call
   * @param stall the longest silence
   */
  ModelHttp(String kind, URI address, Map<String, String> headers, Duration stall) {
    this.server = kind + " at " + address;
    this.address = address;
    this.headers = headers;
    this.stall = stall;
  }

  /** What a caller makes of the lines of an answer; may leave the rest unread. */
  interface Reading<T> {
    T of(ServerLines lines) throws IOException;
  }

  /** The server in words, the culprit of its failures. */
  String server() {
    return server;
  }

  JsonNode get(String path, Duration deadline) {
    Request request = request(path).build();
    return send(request, deadline, stall, lines -> ModelJson.line(lines.rest()));
  }

  JsonNode post(String path, JsonNode body, Duration deadline) {
    return post(path, body, deadline, stall, lines -> ModelJson.line(lines.rest()));
  }

  <T> T post(String path, JsonNode body, Duration deadline, Duration silence, Reading<T> reading) {
    Request request = request(path).post(RequestBody.create(body.toString(), JSON_TYPE)).build();
    return send(request, deadline, silence, reading);
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Refuses to go on once closed.
   *
   * @throws IllegalStateException if closed
   */
  void requireOpen() {
    if (closed) {
      throw new IllegalStateException(server + " is no longer talked to: its model was closed");
    }
  }

  private Request.Builder request(String path) {
    Request.Builder request = new Request.Builder().url(address + path);
    headers.forEach(request::header);
    return request;
  }

  private <T> T send(Request request, Duration deadline, Duration silence, Reading<T> reading) {
    OkHttpClient patient = client().newBuilder().readTimeout(silence).writeTimeout(silence).build();
    Call call = patient.newCall(request);
    call.timeout().timeout(deadline.toNanos(), TimeUnit.NANOSECONDS);
    underWay.add(call);
    try {
      if (closed) {
        throw new IOException("closed");
      }
      return read(call.execute(), call, reading);
    } catch (IOException e) {
      throw failure(e, deadline, silence);
    } finally {
      underWay.remove(call);
    }
  }

  private <T> T read(Response response, Call call, Reading<T> reading) throws IOException {
    try (response) {
      if (!response.isSuccessful()) {
        String body = response.peekBody(LONGEST_ERROR).string();
        throw complaint(ServerComplaint.ofResponse(response.code(), body));
      }
      return reading.of(new ServerLines(response.body().source(), call::isCanceled));
    } finally {
      call.cancel();
    }
  }

  ChatException complaint(ServerComplaint complaint) {
    return new ChatException(server, complaint.says(), complaint.retryable());
  }

  private ChatException failure(IOException e, Duration deadline, Duration silence) {
    if (closed) {
      return new ChatException(server, "the call was ended because its model was closed", false, e);
    }
    if (Thread.currentThread().isInterrupted() || "interrupted".equals(e.getMessage())) {
      Thread.currentThread().interrupt(); // who reads it may have taken it
      return new ChatException(server, "the call was interrupted", false, e);
    }
    return new ChatException(server, reason(e, deadline, silence), true, e);
  }

  private static String reason(IOException e, Duration deadline, Duration silence) {
    String said = e.getMessage() == null ? "the connection failed" : e.getMessage();
    if (e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || (e instanceof SocketTimeoutException && said.contains("onnect"))) {
      return "not reachable";
    } else if (e instanceof UnknownHostException) {
      return "the host is unknown";
    } else if (e instanceof SocketTimeoutException) {
      return "sent nothing for %s; if the model needs longer to begin, raise stall_timeout"
          .formatted(words(silence));
    } else if (e instanceof InterruptedIOException) {
      return "no answer within %s".formatted(words(deadline));
    } else if (e instanceof java.io.EOFException || said.startsWith("unexpected end of stream")) {
      return "the answer broke off";
    }
    return said;
  }

  private static String words(Duration length) {
    return length.toSeconds() < 1 ? length.toMillis() + " ms" : Age.span(length);
  }

  private synchronized OkHttpClient client() {
    requireOpen();
    if (client == null) {
      client =
          new OkHttpClient.Builder()
              .connectTimeout(CONNECT)
              .socketFactory(new InterruptibleSockets())
              // On the caller's thread, where an interrupt ends it.
              .fastFallback(false)
              // A kept connection may be of a server that has begun anew since; a new one costs
              // nothing beside an answer.
              .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
              .retryOnConnectionFailure(false)
              .build();
    }
    return client;
  }

  @Override
  public synchronized void close() {
    closed = true;
    underWay.forEach(Call::cancel);
    if (client != null) {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }
}
