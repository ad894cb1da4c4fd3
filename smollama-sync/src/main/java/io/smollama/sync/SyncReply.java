package io.smollama.sync;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.SyncException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What a server sends back over HTTP. Immutable. */
public final class SyncReply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private SyncReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.body = body;
  }

  static SyncReply of(byte[] message, boolean packed) {
    TreeMap<String, String> headers = new TreeMap<>();
    headers.put("Content-Type", SyncWire.MEDIA_TYPE);
    if (packed) {
      headers.put("Content-Encoding", "gzip");
    }
    return new SyncReply(200, headers, packed ? SyncWire.gzip(message) : message);
  }

  static SyncReply refusing(Fault fault, String error) {
    return refusing(FaultStatus.of(fault), error);
  }

  static SyncReply refusing(int status, String error) {
    return refusing(status, JsonNodeFactory.instance.objectNode().put("error", error));
  }

  static SyncReply refusing(int status, ObjectNode json) {
    return json(status, json);
  }

  static SyncReply json(int status, ObjectNode json) {
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    return new SyncReply(status, Map.of("Content-Type", "application/json"), body);
  }

  SyncReply with(String header, String value) {
    TreeMap<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new SyncReply(status, more, body);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The headers, {@code Content-Type} among them. */
  public Map<String, String> headers() {
    return headers;
  }

  /** A copy of the body. */
  public byte[] body() {
    return body.clone();
  }
}
