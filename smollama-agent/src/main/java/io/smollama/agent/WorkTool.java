package io.smollama.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ToolSpec;
import java.util.List;
import java.util.function.BiFunction;

/** A tool that is a method of some object. Thread-safe if that is. */
record WorkTool(ToolSpec spec, boolean acts, BiFunction<ToolArguments, Asker, ToolResult> work)
    implements Tool {

  /**
   * A tool that looks, or keeps something inside the node.
   *
   * @param parameters each {@code name:type:description}, {@code name?} if it may be left out
   */
  static Tool of(
      String name,
      String description,
      BiFunction<ToolArguments, Asker, ToolResult> work,
      String... parameters) {
    return new WorkTool(spec(name, description, parameters), false, work);
  }

  /** The same tool, one parameter of which is one of some words. */
  static Tool among(Tool tool, String parameter, List<String> words) {
    JsonNode schema = ToolArguments.schema(tool.spec()).deepCopy();
    if (schema.path("properties").get(parameter) instanceof ObjectNode property) {
      words.forEach(property.putArray("enum")::add);
    }
    ToolSpec spec = new ToolSpec(tool.spec().name(), tool.spec().description(), schema.toString());
    return new WorkTool(spec, tool.acts(), tool::call);
  }

  /** The same of a tool that changes the world. */
  static Tool acting(
      String name,
      String description,
      BiFunction<ToolArguments, Asker, ToolResult> work,
      String... parameters) {
    return new WorkTool(spec(name, description, parameters), true, work);
  }

  private static ToolSpec spec(String name, String description, String... parameters) {
    ObjectNode schema = ModelJson.object().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (String parameter : parameters) {
      String[] parts = parameter.split(":", 3);
      String key = parts[0].replace("?", "");
      properties.putObject(key).put("type", parts[1]).put("description", parts[2]);
      if (key.equals(parts[0])) {
        required.add(key);
      }
    }
    return new ToolSpec(name, description, schema.toString());
  }

  @Override
  public ToolResult call(ToolArguments arguments, Asker asker) {
    return work.apply(arguments, asker);
  }
}
