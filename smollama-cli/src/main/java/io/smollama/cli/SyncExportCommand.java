package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Counted;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama sync export}: what is held, as a file to carry. */
@Command(
    name = "export",
    description = {
      "Write what this node holds to a file, to carry it where no network reaches.",
      "The other node takes it in with 'sync import', once or again and again."
    })
final class SyncExportCommand extends NodeCommand {
  @Parameters(paramLabel = "FILE", description = "Where to; an older such file is replaced.")
  private Path file;

  @Option(
      names = "--for",
      paramLabel = "FILE",
      description = "A file that the other node wrote: only what it lacked then is written.")
  private @Nullable Path other;

  private ObjectNode request() {
    ObjectNode request = object().put("file", program().file(file).toString());
    if (other != null) {
      request.put("for", program().file(other).toString());
    }
    return request;
  }

  @Override
  JsonNode ask(NodeClient node) {
    return node.post("/api/sync/export", request());
  }

  @Override
  JsonNode ask(Parts parts) {
    return parts.syncDesk().export(request());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(
        "Wrote %s to %s (%,d bytes)"
            .formatted(
                Counted.of(answer.path("entries").asLong(), "entry", "entries"),
                answer.path("file").asText(),
                answer.path("bytes").asLong()));
  }
}
