package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.memory.SqliteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama memory backup}: a checked copy of memory and journal. */
@Command(
    name = "backup",
    description = {
      "Copy memory and journal while they are in use.",
      "Each copy is checked before it takes the place of an older one of its name. To restore,",
      "stop the node and put the copies into an empty state folder."
    })
final class MemoryBackupCommand extends FileCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "Where to. Default: 'backup' in the state folder; another disk is better.")
  private @Nullable Path folder;

  @Override
  JsonNode result(StateFolder state, Path memory) {
    Path target = folder == null ? state.path().resolve("backup") : folder.toAbsolutePath();
    ObjectNode result = object().put("folder", target.toString());
    ArrayNode files = result.putArray("files");
    // The journal last: what the copy of the memory was made from is then in the copy of it.
    copy(memory, target.resolve("memory.sqlite"), files);
    if (Files.exists(state.journal())) {
      copy(state.journal(), target.resolve("journal.sqlite"), files);
    }
    return result;
  }

  private static void copy(Path file, Path target, ArrayNode files) {
    long bytes = SqliteFile.backup(file, target);
    files.addObject().put("file", target.toString()).put("bytes", bytes);
  }

  @Override
  void tell(JsonNode result, Terminal terminal) {
    for (JsonNode file : result.path("files")) {
      terminal.line(
          "Copied and checked: %s (%,d bytes)"
              .formatted(file.path("file").asText(), file.path("bytes").asLong()));
    }
  }
}
