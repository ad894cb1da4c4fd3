package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.smollama.agent.SpokenCalls.Found;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls that a model wrote as the name of a tool followed by its arguments: {@code f(a="b")} as
 * Python has it, and {@code f{a:"b"}} as Gemma was taught. Immutable.
 */
final class NamedCalls {
  private static final Pattern NAMED =
      Pattern.compile("(?s)([A-Za-z_][\\w-]*)\\s*(?:\\((.*)\\)|(\\{.*}))\\s*(?:<tool_call\\|>)?");

  private static final Pattern KEYWORD =
      Pattern.compile(
          "(?s)(\\w+)\\s*=\\s*(\"(?:[^\"\\\\]++|\\\\.){0,99}+\"|'[^'\\\\]*'|\\[[^\\[\\]]*]|[^\\s,'\"()]+)\\s*(?:,\\s*|\\z)");

  /** Instead of quotation marks, in the texts of Gemma. */
  private static final String GEMMA_QUOTE = "<|\"|>";

  private NamedCalls() {}

  /** The call that the text is; empty if it is anything else. */
  static Optional<Found> one(String text) {
    Matcher match = NAMED.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    return match.group(3) == null
        ? pythonic(match.group(1), match.group(2))
        : braced(match.group(1), match.group(3).replace(GEMMA_QUOTE, "\""));
  }

  /** Whether a text begins with the name of a tool as no sentence would. */
  static boolean begins(String text, String tool) {
    if (!text.startsWith(tool)) {
      return false;
    }
    String rest = text.substring(tool.length());
    boolean ends = rest.isEmpty() || !Character.isLetterOrDigit(rest.charAt(0));
    boolean isNoWord = tool.matches(".+[_A-Z-].*");
    return ends && (isNoWord || rest.isBlank() || "({[".indexOf(rest.strip().charAt(0)) >= 0);
  }

  private static Optional<Found> braced(String name, String json) {
    try {
      JsonNode arguments = ModelJson.readLoosely(json);
      return arguments.isObject() ? Optional.of(new Found(name, arguments)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static Optional<Found> pythonic(String name, String body) {
    ObjectNode arguments = ModelJson.object();
    Matcher keyword = KEYWORD.matcher(body.strip());
    int at = 0;
    while (at < body.strip().length()) {
      if (!keyword.find(at) || keyword.start() != at) {
        return Optional.empty();
      }
      arguments.set(keyword.group(1), literal(keyword.group(2)));
      at = keyword.end();
    }
    return Optional.of(new Found(name, arguments));
  }

  private static JsonNode literal(String written) {
    String json =
        switch (written) {
          case "True" -> "true";
          case "False" -> "false";
          case "None" -> "null";
          default -> written;
        };
    try {
      return ModelJson.readLoosely(json);
    } catch (IOException e) {
      return TextNode.valueOf(written);
    }
  }
}
