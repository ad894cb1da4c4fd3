package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Counted;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.Salvage;
import io.smollama.memory.SalvageReport;
import java.nio.file.Path;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code smollama memory salvage}: what can still be read of a damaged file. */
@Command(
    name = "salvage",
    description = {
      "Carry what can still be read of a damaged memory file into a new one.",
      "The damaged file is only read."
    })
final class MemorySalvageCommand extends FileCommand {
  @Parameters(index = "0", paramLabel = "DAMAGED", description = "The damaged file.")
  private Path damaged;

  @Parameters(index = "1", paramLabel = "NEW", description = "The new file; must not be there yet.")
  private Path target;

  @Override
  JsonNode result(StateFolder state, Path memory) {
    SalvageReport report = Salvage.run(damaged, target);
    ObjectNode result = object().put("file", target.toString());
    ObjectNode rows = result.putObject("rows");
    new TreeMap<>(report.rows()).forEach(rows::put);
    ArrayNode losses = result.putArray("losses");
    report.losses().forEach(losses::add);
    ArrayNode faults = result.putArray("faults");
    report.faults().forEach(faults::add);
    return result.put("without_vector", withoutVector());
  }

  /** Vectors are not carried over: they are made anew where they are wanted. */
  private long withoutVector() {
    if (program().configuration().memory().embeddingProvider().equalsIgnoreCase("none")) {
      return 0;
    }
    try (MemoryStore store = MemoryStore.openReadOnly(target, program().clock())) {
      return store.stats().vectorsMissing();
    }
  }

  /** What was looked at, and whether anything is known to be lost. */
  private static String verdict(JsonNode result) {
    JsonNode faults = result.path("faults");
    String structure =
        faults.isEmpty()
            ? "SQLite finds no damage in the file"
            : "SQLite finds damage in the file (%s%s)"
                .formatted(
                    MemoryLines.oneLine(faults.get(0).asText()),
                    faults.size() == 1 ? "" : " and %,d more".formatted(faults.size() - 1));
    return result.path("losses").isEmpty()
        ? structure
            + "; every row of these tables was read and checked: nothing is known to be lost."
        : structure + "; the other rows of these tables were read and checked.";
  }

  @Override
  void tell(JsonNode result, Terminal terminal) {
    result
        .path("rows")
        .properties()
        .forEach(
            table ->
                terminal.line(
                    "%-16s %,12d rows".formatted(table.getKey(), table.getValue().asLong())));
    for (JsonNode loss : result.path("losses")) {
      terminal.line("Lost at " + loss.asText());
    }
    terminal.line(verdict(result));
    terminal.line(
        "%s holds what could be read. To use it, stop the node and put it in the damaged one's place."
            .formatted(result.path("file").asText()));
    if (result.path("without_vector").asLong() > 0) {
      terminal.line(
          ("%s cannot be found by meaning until their vectors are made anew: a running node"
                  + " does it in the background, 'smollama memory reindex' at once.")
              .formatted(Counted.of(result.path("without_vector").asLong(), "text")));
    }
  }
}
