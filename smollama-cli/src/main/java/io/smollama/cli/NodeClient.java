package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Talks to a running node over its web address. Thread-safe. */
final class NodeClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONNECT_MILLIS = 3_000;

  /** A model on a small machine takes minutes. */
  private static final Duration LONGEST_ANSWER = Duration.ofMinutes(4);

  private final NodeFile node;

  NodeClient(NodeFile node) {
    this.node = node;
  }

  URI address() {
    return node.address();
  }

  JsonNode get(String path, Map<String, String> parameters) {
    StringBuilder query = new StringBuilder();
    new TreeMap<>(parameters)
        .forEach(
            (name, value) ->
                query
                    .append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return send("GET", path + query, "");
  }

  JsonNode post(String path, JsonNode body) {
    return send("POST", path, body.toString());
  }

  /** Sends and hears the documents of the answer as they come, one a line. */
  void post(String path, JsonNode body, Consumer<JsonNode> out) {
    open(
        "POST",
        path,
        body.toString(),
        connection -> {
          if (connection.getResponseCode() >= 400) {
            return answer(connection);
          }
          try (BufferedReader lines =
              new BufferedReader(
                  new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              out.accept(JSON.readTree(line));
            }
          }
          return MissingNode.getInstance();
        });
  }

  private JsonNode send(String method, String path, String body) {
    return open(method, path, body, NodeClient::answer);
  }

  /** Reads an answer. */
  private interface Reader {
    JsonNode read(HttpURLConnection connection) throws IOException;
  }

  private JsonNode open(String method, String path, String body, Reader reader) {
    URI target = node.address().resolve(path);
    try {
      HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
      connection.setRequestMethod(method);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout((int) LONGEST_ANSWER.toMillis());
      if (!body.isEmpty()) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
          out.write(body.getBytes(StandardCharsets.UTF_8));
        }
      }
      return reader.read(connection);
    } catch (IOException e) {
      throw new UserError(
          "The node (process %d) does not answer at %s: %s"
              .formatted(node.pid(), node.address(), e.getMessage()),
          e);
    }
  }

  private static JsonNode answer(HttpURLConnection connection) throws IOException {
    int code = connection.getResponseCode();
    try (InputStream in = code < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      JsonNode answer = in == null ? MissingNode.getInstance() : JSON.readTree(in);
      if (code >= 400) {
        throw new UserError("The node refused: " + answer.path("detail").asText("HTTP " + code));
      }
      return answer;
    }
  }
}
