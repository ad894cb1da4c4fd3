package io.smollama.sync;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node with Smollama for Python pushes. The body is gone through without making anything of
 * it; then each entry is read by itself, within limits of its own, so that one that is too deep,
 * too large or no entry at all keeps none of the others from being taken.
 */
final class PythonPush {
  /** More than this at once is left for the next push. */
  private static final int MOST_ENTRIES = Limits.MESSAGE_ENTRIES;

  /** Every character of the largest payload as that program's JSON may write it. */
  private static final int MOST_CHARACTERS = 6 * Limits.PAYLOAD_BYTES;

  private static final int DEEPEST = 100;

  /** What that program's own JSON cannot exceed by far. */
  private static final int DEEPEST_BODY = 10_000;

  /** Reads over whatever stands in the entries. */
  private static final JsonFactory OVER =
      new JsonFactoryBuilder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST_BODY)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /** That program writes {@code NaN} and {@code Infinity}; they become texts. */
  private static final ObjectMapper INTO =
      new ObjectMapper(
          new JsonFactoryBuilder()
              .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
              .build());

  private final String body;
  private final List<Sent> sent = new ArrayList<>();

  private PythonPush(String body) {
    this.body = body;
  }

  /**
   * One of what was sent. Immutable.
   *
   * @param id what it is acknowledged by; empty if it names none
   * @param entry empty if something is wrong with it
   * @param fault what is wrong
   * @param text as it came
   */
  record Sent(
      Optional<String> id, Optional<PythonEntry> entry, Optional<PythonFault> fault, String text) {}

  /**
   * Reads a body.
   *
   * @throws MalformedMessageException if it is no JSON, or no push
   */
  static List<Sent> read(byte[] body) {
    PythonPush push = new PythonPush(new String(body, StandardCharsets.UTF_8));
    try (JsonParser json = OVER.createParser(push.body)) {
      push.read(json);
    } catch (IOException e) {
      throw MalformedMessageException.of("the body", "is no JSON that can be read");
    }
    return push.sent;
  }

  private void read(JsonParser json) throws IOException {
    boolean found = false;
    if (json.nextToken() == JsonToken.START_OBJECT) {
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        boolean entries = json.nextToken() == JsonToken.START_ARRAY && name.equals("entries");
        if (entries && !found) {
          found = true;
          readEntries(json);
        } else {
          json.skipChildren();
        }
      }
    }
    if (!found) {
      throw MalformedMessageException.of("the body", "is an object with a list of 'entries'");
    }
    if (json.nextToken() != null) {
      throw MalformedMessageException.of("the body", "goes on behind its end");
    }
  }

  private void readEntries(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      int from = (int) json.currentTokenLocation().getCharOffset();
      String id = json.hasToken(JsonToken.START_OBJECT) ? idIn(json) : other(json);
      int to = (int) json.currentLocation().getCharOffset();
      if (sent.size() < MOST_ENTRIES) {
        sent.add(read(Optional.ofNullable(id), from, to));
      }
    }
  }

  /** Reads over an object; what it is called by, if it is. */
  private static @Nullable String idIn(JsonParser json) throws IOException {
    String id = null;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (name.equals("id")) {
        id = value == JsonToken.VALUE_STRING ? json.getText() : null;
      }
      json.skipChildren();
    }
    return id;
  }

  private static @Nullable String other(JsonParser json) throws IOException {
    json.skipChildren();
    json.finishToken();
    return null;
  }

  private Sent read(Optional<String> id, int from, int to) {
    String text = body.substring(from, to);
    if (to - from > MOST_CHARACTERS) {
      return new Sent(id, Optional.empty(), Optional.of(PythonFault.TOO_LARGE), text);
    }
    try {
      JsonNode json = INTO.readTree(text);
      Optional<PythonFault> fault = PythonEntry.fault(json);
      Optional<PythonEntry> entry =
          fault.isEmpty() ? Optional.of(PythonEntry.of(json)) : Optional.empty();
      return new Sent(id, entry, fault, text);
    } catch (StreamConstraintsException e) {
      return new Sent(id, Optional.empty(), Optional.of(PythonFault.TOO_DEEP), text);
    } catch (JsonProcessingException e) {
      return new Sent(id, Optional.empty(), Optional.of(PythonFault.FORM), text);
    }
  }
}
