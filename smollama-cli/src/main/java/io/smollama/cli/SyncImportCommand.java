package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Counted;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama sync import}: takes in what another node wrote to a file. */
@Command(
    name = "import",
    description = {
      "Take in what another node wrote with 'sync export'. Twice does no harm.",
      "Ends with 1 if not all of it could be taken in."
    })
final class SyncImportCommand extends NodeCommand {
  @Parameters(paramLabel = "FILE", description = "What the other node wrote.")
  private Path file;

  private ObjectNode request() {
    return object().put("file", program().file(file).toString());
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/sync/import", request());
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.syncDesk().take(request());
  }

  @Override
  boolean isWell(JsonNode answer) {
    return answer.path("complete").asBoolean();
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(
        "From %s: %s read, %,d of them new"
            .formatted(
                answer.path("from").asText(),
                Counted.of(answer.path("entries").asLong(), "entry", "entries"),
                answer.path("taken").asLong()));
    answer.path("faults").forEach(fault -> terminal.line("NOT TAKEN: " + fault.asText()));
    if (!isWell(answer)) {
      terminal.line(
          "Not all of the file was taken in; what was stays. Import it again, or a new copy");
    }
  }
}
