package io.smollama.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was asked: parameters and a body within bounds.
 *
 * @param parameters of the address; the first where there are several of a name
 * @param body at most {@link #MAX_BODY} bytes, of an import {@link #MAX_IMPORT}
 */
record Request(Map<String, String> parameters, byte[] body) {
  static final int MAX_BODY = 64 * 1024;

  /** Where many readings come at once, which would else take a commit for each few hundred. */
  static final int MAX_IMPORT = 1_000_000;

  /** The longest question or search. */
  static final int MAX_WORDS = 2_000;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  static Request of(HttpServerExchange exchange, byte[] body) {
    Map<String, String> parameters = new HashMap<>();
    for (Map.Entry<String, Deque<String>> entry : exchange.getQueryParameters().entrySet()) {
      parameters.put(entry.getKey(), entry.getValue().getFirst());
    }
    return new Request(parameters, body);
  }

  /** A parameter without the blanks around it; empty if it is missing or blank. */
  Optional<String> words(String name) {
    return words(name, parameters.get(name));
  }

  private static Optional<String> words(String name, @Nullable String text) {
    if (text == null || text.isBlank()) {
      return Optional.empty();
    }
    if (text.strip().length() > MAX_WORDS) {
      throw Refusal.badRequest(
          "'%s' has at most %d characters, had %d.", name, MAX_WORDS, text.strip().length());
    }
    return Optional.of(text.strip());
  }

  /** A whole number between bounds, both included. */
  int number(String name, int otherwise, int least, int most) {
    Optional<String> given = words(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(given.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below, together with what is out of bounds
    }
    throw Refusal.badRequest(
        "'%s' must be a whole number from %d to %d, was '%s'. Leave it out for %d.",
        name, least, most, given.get(), otherwise);
  }

  /** The body as a JSON object. */
  JsonNode json() {
    try {
      JsonNode root = JSON.readTree(body);
      if (root.isObject()) {
        return root;
      }
      throw Refusal.badRequest(
          "The body must be a JSON object such as {\"question\": \"how warm is it?\"}.");
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest("The body is not JSON: %s", e.getOriginalMessage());
    } catch (IOException e) {
      throw Refusal.badRequest("The body is not JSON in UTF-8.");
    }
  }

  /** A text that the JSON body must have. */
  String required(JsonNode json, String name, String example) {
    JsonNode text = json.path(name);
    if (!text.isTextual() || text.textValue().isBlank()) {
      throw Refusal.badRequest(
          "'%s' is missing: send a JSON object with a text, such as {\"%s\": \"%s\"}.",
          name, name, example);
    }
    return text.textValue().strip();
  }

  /** A field of the form in the body; empty if it is missing or blank. */
  Optional<String> field(String name) {
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2 && decode(parts[0]).equals(name)) {
        return Optional.of(decode(parts[1]).strip()).filter(text -> !text.isEmpty());
      }
    }
    return Optional.empty();
  }

  private static String decode(String part) {
    try {
      return URLDecoder.decode(part, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("The form in the body is not URL encoded.");
    }
  }
}
