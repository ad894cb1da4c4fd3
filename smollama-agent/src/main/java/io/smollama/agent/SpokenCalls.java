package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smollama.core.ToolSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds tool calls that a small model wrote as its words, in one of the forms that models were
 * taught, because its server did not see that they are calls. Only a text that is nothing but calls
 * of offered tools counts: what an explanation mentions is not meant to be done. Immutable.
 */
final class SpokenCalls {
  private static final String FENCE = "```";
  private static final Pattern TAGGED =
      Pattern.compile("(?s)<(tool_call|function_call)>\\s*(.*?)\\s*(?:</\\1>|\\z)");
  private static final Pattern FUNCTION =
      Pattern.compile("(?s)<function=([\\w-]+)>\\s*(.*?)\\s*(?:</function>|\\z)");
  private static final Pattern PARAMETER =
      Pattern.compile("(?s)<parameter=([\\w-]+)>\\s*(.*?)\\s*</parameter>\\s*");
  private static final Pattern PYTHONIC =
      Pattern.compile("(?s)([A-Za-z_][\\w-]*)\\((.*?)\\)\\s*,?\\s*");

  /** A longer text is no call; and expressions take stack for what they match. */
  private static final int LONGEST = 16 << 10;

  private SpokenCalls() {}

  /** A call found; its arguments as they were written. */
  record Found(String name, JsonNode arguments) {}

  /** The calls that the text consists of; empty if it is anything else. */
  static List<Found> in(String text, List<ToolSpec> offered) {
    var names = offered.stream().map(ToolSpec::name).collect(Collectors.toSet());
    List<Found> found = parse(unfenced(text)).orElse(List.of());
    return found.stream().allMatch(call -> names.contains(call.name)) ? found : List.of();
  }

  /**
   * Whether a text was meant as a call, though none can be read from it: it has the form of one, or
   * begins with the name of a tool. It is no answer then.
   */
  static boolean isAttempt(String text, List<ToolSpec> offered) {
    return seemsCall(text)
        || offered.stream().anyMatch(tool -> NamedCalls.begins(unfenced(text), tool.name()));
  }

  /** Whether a text beside calls is a mere repetition of them in their written form. */
  static boolean seemsCall(String text) {
    return parse(unfenced(text)).filter(calls -> !calls.isEmpty()).isPresent();
  }

  /** The text without the fence of a code block around it. */
  static String unfenced(String text) {
    String whole = text.strip();
    if (!whole.startsWith(FENCE)) {
      return whole;
    }
    int from = FENCE.length();
    while (from < whole.length() && Character.isLetterOrDigit(whole.charAt(from))) {
      from++; // the name of a language
    }
    boolean closed = whole.endsWith(FENCE) && whole.length() >= from + FENCE.length();
    return whole.substring(from, whole.length() - (closed ? FENCE.length() : 0)).strip();
  }

  private static Optional<List<Found>> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    } else if (text.startsWith("<function=")) {
      return all(FUNCTION, text, match -> function(match.group(1), match.group(2)));
    } else if (text.startsWith("<")) {
      return all(
          TAGGED,
          text,
          match ->
              Optional.of(match.group(2))
                  .filter(inner -> inner.startsWith("{") || inner.startsWith("<function="))
                  .flatMap(SpokenCalls::parse)
                  .filter(calls -> calls.size() == 1)
                  .map(calls -> calls.get(0)));
    } else if (text.startsWith("[") && text.endsWith("]")) {
      Optional<List<Found>> json = json(text);
      String inner = text.substring(1, text.length() - 1).strip();
      return json.isPresent()
          ? json
          : all(PYTHONIC, inner, match -> NamedCalls.pythonic(match.group(1), match.group(2)));
    }
    return text.startsWith("{") ? json(text) : NamedCalls.one(text).map(List::of);
  }

  /** A reading of one match; empty if it is no call. */
  private interface OneCall {
    Optional<Found> of(Matcher match);
  }

  /** The calls of matches that follow each other without anything between. */
  private static Optional<List<Found>> all(Pattern form, String text, OneCall reading) {
    List<Found> calls = new ArrayList<>();
    Matcher match = form.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!match.find(at) || !text.substring(at, match.start()).isBlank()) {
        return Optional.empty();
      }
      Optional<Found> call = reading.of(match);
      if (call.isEmpty()) {
        return Optional.empty();
      }
      calls.add(call.get());
      at = match.end();
    }
    return Optional.of(calls);
  }

  private static Optional<List<Found>> json(String text) {
    try {
      JsonNode node = ModelJson.read(text);
      JsonNode wrapped = node.path("tool_calls");
      List<Found> calls = new ArrayList<>();
      for (JsonNode each : wrapped.isArray() ? wrapped : node.isArray() ? node : List.of(node)) {
        JsonNode call = each.path("function").isObject() ? each.path("function") : each;
        JsonNode arguments =
            call.has("arguments") ? call.get("arguments") : call.path("parameters");
        if (!call.path("name").isTextual()) {
          return Optional.empty();
        }
        calls.add(new Found(call.get("name").asText(), arguments));
      }
      return Optional.of(calls);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<Found> function(String name, String body) {
    if (body.isEmpty() || body.startsWith("{")) {
      return body.isEmpty() || ModelJson.readObject(body).isPresent()
          ? Optional.of(new Found(name, TextNode.valueOf(body)))
          : Optional.empty();
    }
    ObjectNode arguments = ModelJson.object();
    Matcher parameter = PARAMETER.matcher(body);
    int at = 0;
    while (at < body.length()) {
      if (!parameter.find(at) || parameter.start() != at) {
        return Optional.empty();
      }
      arguments.put(parameter.group(1), parameter.group(2));
      at = parameter.end();
    }
    return Optional.of(new Found(name, arguments));
  }
}
