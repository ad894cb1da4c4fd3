package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.Counted;
import io.smollama.core.JournalException;
import io.smollama.memory.JournalCheck;
import io.smollama.memory.MemoryException;
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
      "Read all of memory and journal, hold one against the other and say what is wrong.",
      "Ends with 1 if anything is. Works beside a running node."
    })
final class MemoryVerifyCommand extends FileCommand {

  @Override
  JsonNode result(StateFolder state, Path memory) {
    ObjectNode result = object();
    ArrayNode files = result.putArray("files");
    ObjectNode ofMemory = verdict(files, memory, SqliteFile.check(memory));
    Path journal = state.journal();
    if (Files.exists(journal)) {
      ObjectNode verdict = verdict(files, journal, SqliteFile.check(journal));
      if (verdict.path("faults").isEmpty()) {
        VerifyReport report = SqliteJournal.verify(journal);
        verdict.put("entries", report.entriesChecked());
        ArrayNode faults = verdict.putArray("faults");
        report.problems().forEach(problem -> faults.add(problem.toString()));
      }
    }
    compare(ofMemory, memory, journal);
    return result;
  }

  /** Each of two files, sound or not, may lack what the other has; if they can be read that far. */
  private static void compare(ObjectNode verdict, Path memory, Path journal) {
    try (JournalCheck check = JournalCheck.open(memory)) {
      if (Files.exists(journal)) {
        SqliteJournal.forEachPoint(
            journal,
            ChainId.KNOWLEDGE,
            (chain, point) -> check.has(chain, point.seq(), point.id()));
      }
      verdict
          .put("not_taken_in_yet", check.waiting())
          .put("missing_here", check.missingHere())
          .put("missing_in_journal", check.missingInJournal())
          .put("journal", journal.toString());
    } catch (MemoryException | JournalException e) {
      verdict.put("not_compared", e.getMessage());
    }
  }

  private static ObjectNode verdict(ArrayNode files, Path file, List<String> found) {
    ObjectNode verdict = files.addObject().put("file", file.toString());
    ArrayNode faults = verdict.putArray("faults");
    found.forEach(faults::add);
    return verdict;
  }

  @Override
  boolean isWell(JsonNode result) {
    return result.findValues("faults").stream().allMatch(JsonNode::isEmpty)
        && result.findValues("missing_here").stream().noneMatch(count -> count.asLong() > 0)
        && result.findValues("missing_in_journal").stream().noneMatch(count -> count.asLong() > 0);
  }

  @Override
  void tell(JsonNode result, Terminal terminal) {
    for (JsonNode file : result.path("files")) {
      String name = file.path("file").asText();
      String entries =
          file.has("entries")
              ? ", " + Counted.of(file.path("entries").asLong(), "entry", "entries")
              : "";
      if (file.path("faults").isEmpty()) {
        terminal.line("Sound: %s%s".formatted(name, entries));
      }
      for (JsonNode fault : file.path("faults")) {
        terminal.line("DAMAGED: %s: %s".formatted(name, fault.asText()));
      }
    }
    result.path("files").forEach(file -> tellOfGaps(file, terminal));
  }

  private static void tellOfGaps(JsonNode memory, Terminal terminal) {
    String name = memory.path("file").asText();
    String journal = memory.path("journal").asText();
    if (memory.path("missing_in_journal").asLong() > 0) {
      terminal.line(
          ("INCOMPLETE: %1$s lacks %2$s that the memory was made from, kept in %3$s and"
                  + " nowhere else. Put a journal back that has them, or keep %3$s and back it up;"
                  + " 'memory export' and an import into an empty state folder make both whole")
              .formatted(journal, entries(memory, "missing_in_journal"), name));
    }
    if (memory.path("missing_here").asLong() > 0) {
      terminal.line(
          ("INCOMPLETE: %1$s lacks %2$s of the journal. Stop the node, move it away (mv"
                  + " '%1$s' '%1$s.old') and salvage it (smollama memory salvage '%1$s.old' '%1$s'): the"
                  + " next command then takes in the whole journal anew")
              .formatted(name, entries(memory, "missing_here")));
    }
    if (memory.path("not_taken_in_yet").asLong() > 0) {
      terminal.line(
          Counted.of(
                  memory.path("not_taken_in_yet").asLong(),
                  "entry of the journal is",
                  "entries of the journal are")
              + " not taken in yet; the next command or the node does it");
    }
    if (memory.has("not_compared")) {
      terminal.line("Not compared with the journal: " + memory.path("not_compared").asText());
    }
  }

  private static String entries(JsonNode memory, String missing) {
    return Counted.of(memory.path(missing).asLong(), "entry", "entries");
  }
}
