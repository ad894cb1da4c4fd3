package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Counted;
import io.smollama.memory.MemoryStore;
import io.smollama.sync.SqliteJournal;
import io.smollama.sync.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;

/** {@code smollama sync verify}: hashes the whole log anew. */
@Command(
    name = "verify",
    description = {
      "Hash every entry of the log anew and check chains, frontier and timestamps.",
      "Of a server that keeps what nodes bring in a database, that log as well.",
      "Prints one number for all that is known: nodes that hold the same entries have the same.",
      "Ends with 1 if anything is wrong. Works beside a running node."
    })
final class SyncVerifyCommand extends FileCommand {

  @Override
  JsonNode result(StateFolder state, Path memory) {
    Path journal = state.journal();
    if (!Files.exists(journal)) {
      throw new UserError("There is no log in %s yet".formatted(state.path()));
    }
    VerifyReport report = SqliteJournal.verify(journal);
    ObjectNode result =
        object().put("log", journal.toString()).put("entries", report.entriesChecked());
    ArrayNode faults = result.putArray("faults");
    report.problems().forEach(problem -> faults.add(problem.toString()));
    NodeServer.database(program().configuration())
        .ifPresent(database -> result.set("database", result(database)));
    if (Files.exists(memory)) {
      try (MemoryStore store = MemoryStore.openReadOnly(memory, program().clock())) {
        result.put("view", store.upkeep().viewHash());
      }
    }
    return result;
  }

  /** The log that a server shares with others. */
  private static ObjectNode result(LogDatabase database) {
    try (database) {
      VerifyReport report = database.log().verify();
      ObjectNode result =
          object().put("log", database.name()).put("entries", report.entriesChecked());
      ArrayNode faults = result.putArray("faults");
      report.problems().forEach(problem -> faults.add(problem.toString()));
      return result;
    }
  }

  @Override
  boolean isWell(JsonNode result) {
    return result.path("faults").isEmpty() && result.path("database").path("faults").isEmpty();
  }

  @Override
  void tell(JsonNode result, Terminal terminal) {
    tellOfLog(result, terminal);
    if (result.has("database")) {
      tellOfLog(result.path("database"), terminal);
    }
    if (result.has("view")) {
      terminal.line("  known here " + result.path("view").asText());
    }
  }

  private static void tellOfLog(JsonNode result, Terminal terminal) {
    String log = result.path("log").asText();
    if (result.path("faults").isEmpty()) {
      terminal.line(
          "Sound: %s, %s hashed"
              .formatted(log, Counted.of(result.path("entries").asLong(), "entry", "entries")));
    }
    result
        .path("faults")
        .forEach(fault -> terminal.line("DAMAGED: %s: %s".formatted(log, fault.asText())));
  }
}
