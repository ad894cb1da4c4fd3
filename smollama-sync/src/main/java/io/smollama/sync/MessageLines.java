package io.smollama.sync;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;

/** Walks through a message line by line and knows where it is. One thread at a time. */
final class MessageLines {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final byte[] bytes;
  private int at;
  private long line;
  private long lines;

  MessageLines(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next line, which must be a JSON object. */
  MessageFields next() {
    line = ++lines;
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

  void requireEnd() {
    if (at != bytes.length) {
      line++;
      throw fault("something follows the 'end' line");
    }
  }

  MalformedMessageException fault(String what) {
    return MalformedMessageException.at(line, what);
  }
}
