package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.smollama.memory.MemoryStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
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
      names = "--since",
      paramLabel = "TIME",
      description = "Only from this time on (ISO 8601).")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "Only before this time.")
  private @Nullable String until;

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
      return export(store);
    }
  }

  @Override
  final JsonNode ask(Parts parts) {
    return export(parts.memory());
  }

  /** Writes it and tells how much; a missing node where standard output was written. */
  abstract JsonNode export(MemoryStore store);
}
