package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.SourceId;
import io.smollama.memory.DamagedReadings;
import io.smollama.memory.MemoryStore;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command that writes what the memory holds to a file or to standard output. It reads the file of
 * the memory itself, also beside a node that runs.
 */
abstract class ExportCommand extends NodeCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to; without it, standard output.")
  @Nullable Path file;

  @Option(
      names = {"--since", "--from"},
      paramLabel = "TIME",
      description = "Only from this time on (ISO 8601).")
  private @Nullable String since;

  @Option(
      names = {"--until", "--to"},
      paramLabel = "TIME",
      description = "Only before this time.")
  private @Nullable String until;

  private List<DamagedReadings> damaged = List.of();

  final Instant since() {
    return Optional.ofNullable(since)
        .map(text -> PersonsTime.parse("--since", text))
        .orElse(Instant.MIN);
  }

  final Instant until() {
    return Optional.ofNullable(until)
        .map(text -> PersonsTime.parse("--until", text))
        .orElse(Instant.MAX);
  }

  @Override
  final JsonNode ask(NodeClient node) {
    Path memory = Parts.memoryFile(program().configuration(), program().state());
    try (MemoryStore store = MemoryStore.openReadOnly(memory, program().clock())) {
      return exportAll(store);
    }
  }

  @Override
  final JsonNode ask(Parts parts) {
    return exportAll(parts.memory());
  }

  private JsonNode exportAll(MemoryStore store) {
    JsonNode answer = export(store);
    damaged = store.readings().damaged().stream().filter(this::isLeftOut).toList();
    if (answer instanceof ObjectNode told && !damaged.isEmpty()) {
      ArrayNode lost = told.putArray("damaged");
      damaged.forEach(some -> lost.add(some.toString()));
    }
    PrintWriter err = spec.commandLine().getErr();
    damaged.forEach(some -> err.printf("Left out, because they are damaged: %s%n", some));
    err.flush();
    return answer;
  }

  private boolean isLeftOut(DamagedReadings some) {
    return wanted().test(some.source())
        && some.first().isBefore(until())
        && !some.last().isBefore(since());
  }

  /** Of which sources readings are exported. */
  abstract Predicate<SourceId> wanted();

  /** What is left out of an export is not overlooked by a script. */
  @Override
  final boolean isWell(JsonNode answer) {
    return damaged.isEmpty();
  }

  /** Writes it and tells how much; a missing node where standard output was written. */
  abstract JsonNode export(MemoryStore store);
}
