package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.memory.SqliteFile;
import io.smollama.sync.SqliteJournal;
import io.smollama.sync.VerifyReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code smollama memory verify}: reads everything and says what is wrong. */
@Command(
    name = "verify",
    description = {
      "Read all of memory and journal and say what is wrong.",
      "Ends with 1 if anything is. Works beside a running node."
    })
final class MemoryVerifyCommand extends FileCommand {

  @Override
  JsonNode result(StateFolder state, Path memory) {
    ObjectNode result = object();
    ArrayNode files = result.putArray("files");
    verdict(files, memory, SqliteFile.check(memory));
    if (Files.exists(state.journal())) {
      ObjectNode verdict = verdict(files, state.journal(), SqliteFile.check(state.journal()));
      if (verdict.path("faults").isEmpty()) {
        VerifyReport report = SqliteJournal.verify(state.journal());
        verdict.put("entries", report.entriesChecked());
        ArrayNode faults = verdict.putArray("faults");
        report.problems().forEach(problem -> faults.add(problem.toString()));
      }
    }
    return result;
  }

  private static ObjectNode verdict(ArrayNode files, Path file, List<String> found) {
    ObjectNode verdict = files.addObject().put("file", file.toString());
    ArrayNode faults = verdict.putArray("faults");
    found.forEach(faults::add);
    return verdict;
  }

  @Override
  boolean isWell(JsonNode result) {
    return result.findValues("faults").stream().allMatch(JsonNode::isEmpty);
  }

  @Override
  void tell(JsonNode result, Terminal terminal) {
    for (JsonNode file : result.path("files")) {
      String name = file.path("file").asText();
      String entries =
          file.has("entries") ? ", %,d entries".formatted(file.path("entries").asLong()) : "";
      if (file.path("faults").isEmpty()) {
        terminal.line("Sound: %s%s".formatted(name, entries));
      }
      for (JsonNode fault : file.path("faults")) {
        terminal.line("DAMAGED: %s: %s".formatted(name, fault.asText()));
      }
    }
  }
}
