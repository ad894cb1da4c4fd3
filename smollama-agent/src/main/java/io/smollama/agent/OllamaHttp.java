package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smollama.core.ChatException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** HTTP to Ollama. The client is made at the first call. Thread-safe. */
final class OllamaHttp implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int LONGEST_ERROR = 300;

  private final OllamaConfig config;
  private OkHttpClient client;

  OllamaHttp(OllamaConfig config) {
    this.config = config;
  }

  /** An answer under way; closing it ends the call and with it the model's work. */
  record Answer(Response response) implements AutoCloseable {
    BufferedSource lines() {
      return response.body().source();
    }

    @Override
    public void close() {
      response.close();
    }
  }

  Answer post(String path, String json, Duration deadline) throws IOException {
    Request request =
        new Request.Builder()
            .url(config.address() + path)
            .post(RequestBody.create(json, JSON_TYPE))
            .build();
    return send(request, deadline);
  }

  JsonNode get(String path, Duration deadline) throws IOException {
    Request request = new Request.Builder().url(config.address() + path).build();
    try (Answer answer = send(request, deadline)) {
      return JSON.readTree(answer.response().body().string());
    }
  }

  private Answer send(Request request, Duration deadline) throws IOException {
    Call call = client().newCall(request);
    call.timeout().timeout(deadline.toNanos(), java.util.concurrent.TimeUnit.NANOSECONDS);
    Response response = call.execute();
    if (response.isSuccessful()) {
      return new Answer(response);
    }
    try (response) {
      int code = response.code();
      boolean retryable = code == 429 || code == 502 || code == 503;
      throw new ChatException(
          "Ollama at " + config.address(), error(code, response.body().string()), retryable);
    }
  }

  /** Ollama's own words if it gave any; proxies and unknown paths answer in plain text. */
  private static String error(int code, String body) {
    String said = body.strip();
    try {
      said = JSON.readTree(body).path("error").asText(said);
    } catch (IOException e) {
      // plain text stays as it is
    }
    String cut = said.length() > LONGEST_ERROR ? said.substring(0, LONGEST_ERROR) + "…" : said;
    return "HTTP %d %s".formatted(code, cut).strip();
  }

  /** What a failed call means, in words. */
  String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "not reachable";
    } else if (e instanceof UnknownHostException) {
      return "the host is unknown";
    } else if (e instanceof java.io.InterruptedIOException) {
      return "no answer in time";
    }
    return e.getMessage() == null ? "the connection failed" : e.getMessage();
  }

  private synchronized OkHttpClient client() {
    if (client == null) {
      client =
          new OkHttpClient.Builder()
              .connectTimeout(CONNECT)
              .readTimeout(config.stallTimeout())
              .retryOnConnectionFailure(false)
              .build();
    }
    return client;
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.dispatcher().cancelAll();
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }
}
