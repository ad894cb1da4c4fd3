package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama memory list}: the facts. */
@Command(
    name = "list",
    description = "List the facts that are true now, the last said first; or as it is asked.")
final class MemoryListCommand extends NodeCommand {
  @Option(
      names = {"-n", "--limit"},
      paramLabel = "N",
      defaultValue = "20",
      description = "The most facts. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--all", description = "Retracted and past facts too.")
  private boolean all;

  @Option(names = "--at", paramLabel = "TIME", description = "What is true at another time.")
  private @Nullable String at;

  @Option(
      names = "--believed",
      paramLabel = "TIME",
      description = "What was believed at a time, by what was known then.")
  private @Nullable String believed;

  @Option(names = "--tag", paramLabel = "WORD", description = "Only with this tag.")
  private @Nullable String tag;

  @Option(names = "--node", paramLabel = "NAME", description = "Only of this node.")
  private @Nullable String node;

  @Override
  void check() {
    if (limit < 1 || limit > 1_000) {
      throw wrongUsage("--limit is 1 to 1000, was " + limit);
    }
  }

  private Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("limit", Integer.toString(limit));
    parameters.put("all", Boolean.toString(all));
    if (at != null) {
      parameters.put("at", PersonsTime.parse("--at", at).toString());
    }
    if (believed != null) {
      parameters.put("believed", PersonsTime.parse("--believed", believed).toString());
    }
    if (tag != null) {
      parameters.put("tag", tag);
    }
    if (node != null) {
      parameters.put("node", node);
    }
    return parameters;
  }

  @Override
  JsonNode ask(NodeClient client) {
    return client.get("/api/memory/list", parameters());
  }

  @Override
  JsonNode ask(Parts parts) {
    ObjectNode request = object();
    parameters().forEach(request::put);
    return parts.knowledgeDesk().list(request);
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    answer.path("memories").forEach(fact -> terminal.line(MemoryLines.of(fact)));
    if (answer.path("memories").isEmpty()) {
      terminal.line("No facts.");
    } else if (answer.path("memories").size() == limit) {
      terminal.line("(the first %d; --limit shows more)".formatted(limit));
    }
  }
}
