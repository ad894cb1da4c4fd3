package io.smollama.sync;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Walks through a message line by line and knows where it is. One thread at a time. */
final class MessageLines {
  /** Names are origins, of which there are very many: they are not kept for the next message. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private static final ObjectMapper JSON =
      new ObjectMapper(FACTORY)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final byte[] bytes;
  private int at;
  private int lineAt;
  private long line;
  private long lines;

  MessageLines(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next line, which must be a JSON object. */
  MessageFields next() {
    line = ++lines;
    lineAt = at;
    int end = at;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    if (end == bytes.length) {
      throw fault(at == end ? "the message ends before its 'end' line" : "the line breaks off");
    }
    JsonNode json = parsed(at, end - at);
    at = end + 1;
    if (!json.isObject()) {
      throw fault("is not a JSON object");
    }
    return new MessageFields(line, json);
  }

  private JsonNode parsed(int from, int length) {
    try {
      return JSON.readTree(bytes, from, length);
    } catch (JsonProcessingException e) {
      String why = e.getOriginalMessage().lines().findFirst().orElse("");
      throw fault("is not JSON: " + why.replaceAll(" ?\\(for Object starting.*", ""));
    } catch (IOException e) {
      throw fault("is not JSON in UTF-8");
    }
  }

  /** So many bytes as they are, and the line feed behind them. */
  byte[] payload(int size) {
    line = ++lines;
    if (bytes.length - at <= size) {
      throw fault("the payload breaks off");
    }
    byte[] payload = Arrays.copyOfRange(bytes, at, at + size);
    at += size;
    if (bytes[at++] != '\n') {
      throw fault("the payload is longer than its 'size' of " + size);
    }
    for (byte b : payload) {
      lines += b == '\n' ? 1 : 0;
    }
    return payload;
  }

  /** This line is the last, and the sum is that of all before it. */
  void requireEnd(String sum) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, lineAt);
    if (!hex(crc.getValue()).equals(sum)) {
      throw fault("the message was damaged on its way: its sum is " + hex(crc.getValue()));
    }
    if (at != bytes.length) {
      line++;
      throw fault("something follows the 'end' line");
    }
  }

  static String hex(long crc) {
    return HexFormat.of().toHexDigits((int) crc);
  }

  MalformedMessageException fault(String what) {
    return MalformedMessageException.at(line, what);
  }
}
