package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.SourceId;
import io.smollama.memory.ObservationType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The form of what a model notes in one look: the schema that it is asked to keep, and a reader
 * that finds what is usable where it does not.
 */
final class LookFormat {
  /** The longest answer that is read; the rest is cut. */
  private static final int MOST_READ = 32_000;

  /** What a model may call what it noted; a summary is made by code. */
  static final List<ObservationType> TYPES =
      List.of(
          ObservationType.PATTERN,
          ObservationType.ANOMALY,
          ObservationType.STATUS,
          ObservationType.GENERAL);

  private LookFormat() {}

  /**
   * What was found in an answer. Immutable.
   *
   * @param observations items of any JSON type
   * @param facts items of any JSON type
   */
  record Found(List<JsonNode> observations, List<JsonNode> facts) {
    Found {
      observations = List.copyOf(observations);
      facts = List.copyOf(facts);
    }
  }

  static ObjectNode schema(List<SourceId> sources) {
    ObjectNode schema = ModelJson.object().put("type", "object");
    ObjectNode lists = schema.putObject("properties");
    ObjectNode note = list(lists, "observations");
    text(note);
    ArrayNode types = note.withObject("/properties").putObject("type").putArray("enum");
    TYPES.forEach(type -> types.add(type.word()));
    ObjectNode about = note.withObject("/properties").putObject("sources").put("type", "array");
    about.put("maxItems", 3);
    source(about.putObject("items"), sources);
    note.putArray("required").add("text").add("type").add("sources");
    ObjectNode fact = list(lists, "memories");
    text(fact);
    fact.withObject("/properties").putObject("confidence").put("type", "number");
    claim(fact.withObject("/properties").putObject("claim"), sources);
    fact.putArray("required").add("text").add("confidence");
    schema.putArray("required").add("observations").add("memories");
    return schema.put("additionalProperties", false);
  }

  private static ObjectNode list(ObjectNode lists, String name) {
    ObjectNode list = lists.putObject(name).put("type", "array").put("maxItems", 3);
    return list.putObject("items").put("type", "object").put("additionalProperties", false);
  }

  private static void text(ObjectNode item) {
    item.putObject("properties").putObject("text").put("type", "string").put("maxLength", 200);
  }

  private static void claim(ObjectNode claim, List<SourceId> sources) {
    claim.put("type", "object").put("additionalProperties", false);
    ObjectNode properties = claim.putObject("properties");
    source(properties.putObject("source"), sources);
    properties.putObject("statistic").putArray("enum").add("mean").add("min").add("max");
    for (String number : List.of("low", "high")) {
      properties.putObject(number).put("type", "number");
    }
    claim.putArray("required").add("source").add("statistic").add("low").add("high");
  }

  private static void source(ObjectNode item, List<SourceId> sources) {
    ArrayNode offered = item.put("type", "string").putArray("enum");
    sources.forEach(source -> offered.add(source.toString()));
  }

  /** Finds what is usable: within fences and chatter, of a bare list, and of a cut answer. */
  static Found read(String answer) {
    String text = answer.length() <= MOST_READ ? answer : answer.substring(0, MOST_READ);
    List<JsonNode> observations = new ArrayList<>();
    List<JsonNode> facts = new ArrayList<>();
    for (JsonNode value : values(text)) {
      sort(value, observations, facts);
    }
    return new Found(observations, facts);
  }

  private static void sort(JsonNode value, List<JsonNode> observations, List<JsonNode> facts) {
    if (value.isArray()) {
      value.forEach(item -> sort(item, observations, facts));
    } else if (value.has("observations") || value.has("memories") || value.has("facts")) {
      items(value.path("observations"), observations);
      items(value.path("memories"), facts);
      items(value.path("facts"), facts);
    } else if (value.has("fact") || (value.has("confidence") && !value.has("type"))) {
      facts.add(value);
    } else {
      observations.add(value);
    }
  }

  private static void items(JsonNode list, List<JsonNode> into) {
    if (list.isArray()) {
      list.forEach(into::add);
    } else if (!list.isMissingNode() && !list.isNull()) {
      into.add(list);
    }
  }

  /** The outermost values that are whole, in order. */
  private static List<JsonNode> values(String text) {
    Deque<int[]> spans = new ArrayDeque<>();
    Deque<Integer> open = new ArrayDeque<>();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (c == '"' && !open.isEmpty()) {
        quoted = true;
      } else if (c == '{' || c == '[') {
        open.push(i);
      } else if ((c == '}' || c == ']') && !open.isEmpty()) {
        int from = open.pop();
        if (text.charAt(from) == (c == '}' ? '{' : '[')) {
          while (!spans.isEmpty() && spans.getLast()[0] > from) {
            spans.removeLast();
          }
          spans.add(new int[] {from, i + 1});
        }
      }
    }
    List<JsonNode> values = new ArrayList<>();
    for (int[] span : spans) {
      try {
        values.add(ModelJson.readLoosely(text.substring(span[0], span[1])));
      } catch (IOException e) {
        values.add(ModelJson.object()); // counted as what cannot be read
      }
    }
    return values;
  }
}
