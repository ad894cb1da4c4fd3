package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.core.Counted;
import java.util.ArrayList;
import java.util.List;

/** How this node and others stand, for a person; the same from a running node and without one. */
final class SyncLines {
  private SyncLines() {}

  static List<String> of(JsonNode status) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s held, of %s"
            .formatted(
                Counted.of(status.path("entries").asLong(), "entry", "entries"),
                Counted.of(status.path("origins").asLong(), "node")));
    lines.add("  held here  " + status.path("frontier").asText());
    if (status.has("view")) {
      lines.add("  known here " + status.path("view").asText());
    }
    lines.add(identity(status.path("identity")));
    if (status.has("clock")) { // a node of an earlier version does not say
      lines.add("Clock: " + status.path("clock").asText());
    }
    JsonNode server = status.path("server");
    lines.add(
        server.isMissingNode()
            ? "Server: none is named (sync.llama_url); what this node knows stays on it"
            : "Server: " + server.path("says").asText());
    if (server.hasNonNull("next") && !server.path("running").asBoolean()) {
      lines.add("  next meeting " + PersonsTime.shown(server.path("next").asText()));
    }
    return lines;
  }

  /** Why this node writes under the identity that it has. */
  static String identity(JsonNode identity) {
    String since =
        identity.hasNonNull("since")
            ? " since " + PersonsTime.shown(identity.path("since").asText())
            : "";
    return "Identity %s, number %d%s: %s"
        .formatted(
            identity.path("replica").asText(),
            identity.path("incarnation").asLong(),
            since,
            identity.path("reason").asText().replaceFirst("^This", "this"));
  }
}
