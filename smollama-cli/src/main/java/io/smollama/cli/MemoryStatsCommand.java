package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Counted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code smollama memory stats}: how much is remembered, and in how many bytes. */
@Command(name = "stats", description = "Say how much is remembered, and in how many bytes.")
final class MemoryStatsCommand extends NodeCommand {

  @Override
  JsonNode ask(NodeClient node) {
    return withSizes((ObjectNode) node.get("/api/memory/stats", Map.of()));
  }

  @Override
  JsonNode ask(Parts parts) {
    return withSizes(parts.care().stats());
  }

  private ObjectNode withSizes(ObjectNode stats) {
    StateFolder state = program().state();
    stats.put("memory_bytes", bytes(Parts.memoryFile(program().configuration(), state)));
    return stats.put("journal_bytes", bytes(state.journal()));
  }

  /** With what is written ahead of it. */
  private static long bytes(Path file) {
    try {
      Path ahead = Path.of(file + "-wal");
      return (Files.exists(file) ? Files.size(file) : 0)
          + (Files.exists(ahead) ? Files.size(ahead) : 0);
    } catch (IOException e) {
      return 0; // it is going at this moment
    }
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(
        "%s of %s"
            .formatted(
                Counted.of(answer.path("readings").asLong(), "reading"),
                Counted.of(answer.path("sources").asLong(), "source")));
    terminal.line(
        "%s, %,d of them hidden"
            .formatted(
                Counted.of(answer.path("observations").asLong(), "observation"),
                answer.path("hidden_observations").asLong()));
    terminal.line(
        "%s, %,d of them retracted"
            .formatted(
                Counted.of(answer.path("memories").asLong(), "fact"),
                answer.path("inactive_memories").asLong()));
    terminal.line(vectors(answer.path("vectors")));
    terminal.line(
        "memory %,d bytes, journal %,d bytes"
            .formatted(
                answer.path("memory_bytes").asLong(), answer.path("journal_bytes").asLong()));
  }

  /** A line on how far the vectors are. */
  static String vectors(JsonNode progress) {
    String failure = progress.path("failure").asText();
    return "%,d of %s can be found by meaning%s%s"
        .formatted(
            progress.path("done").asLong(),
            Counted.of(progress.path("total").asLong(), "text"),
            progress.path("model").asText().isEmpty()
                ? ""
                : " (" + progress.path("model").asText() + ")",
            failure.isEmpty() ? "" : "; " + failure);
  }
}
