package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smollama.core.Counted;
import io.smollama.core.SourceId;
import io.smollama.memory.ArchiveSelection;
import io.smollama.memory.ArchiveSelection.Kind;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.ObservationType;
import io.smollama.memory.SourcePattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama memory export}: everything that is remembered, a line each. */
@Command(
    name = "export",
    description = {
      "Write everything that is remembered, or a selection, one JSON object a line.",
      "docs/archive-format.md describes the lines. Works beside a running node."
    })
final class MemoryExportCommand extends ExportCommand {
  @Option(
      names = "--kind",
      split = ",",
      paramLabel = "KIND",
      description = "Only observation, memory or reading; several with commas.")
  private Set<String> kinds = Set.of();

  @Option(names = "--type", paramLabel = "TYPE", description = "Only observations of this type.")
  private @Nullable String type;

  @Option(
      names = "--source",
      paramLabel = "PATTERN",
      description = "Only what is about, or was measured by, these sources: system:*.")
  private @Nullable String source;

  private ArchiveSelection selection() {
    Set<Kind> wanted =
        kinds.isEmpty()
            ? EnumSet.allOf(Kind.class)
            : kinds.stream().map(this::kind).collect(Collectors.toSet());
    return new ArchiveSelection(
        wanted,
        Optional.ofNullable(type).map(this::type),
        Optional.ofNullable(source),
        since(),
        until());
  }

  private Kind kind(String word) {
    return Stream.of(Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word.strip()))
        .findFirst()
        .orElseThrow(
            () -> wrongUsage("--kind is observation, memory or reading, was '%s'".formatted(word)));
  }

  private ObservationType type(String word) {
    return ObservationType.ofWord(word)
        .orElseThrow(
            () ->
                wrongUsage(
                    "--type is pattern, anomaly, status, general or summary, was '%s'"
                        .formatted(word)));
  }

  @Override
  void check() {
    try {
      selection();
    } catch (IllegalArgumentException | UserError e) {
      throw wrongUsage(e.getMessage());
    }
  }

  @Override
  Predicate<SourceId> wanted() {
    return selection().kinds().contains(Kind.READING)
        ? SourcePattern.of(source == null ? "*" : source)
        : none -> false;
  }

  @Override
  JsonNode export(MemoryStore store) {
    if (file == null) {
      store.archive().each(selection(), line -> program().terminal().line(line.json()));
      return MissingNode.getInstance();
    }
    long[] lines = {0};
    WholeFile.write(
        file,
        out -> {
          store
              .archive()
              .each(
                  selection(),
                  line -> {
                    write(out, line.json());
                    lines[0]++;
                  });
          return lines[0];
        });
    return object().put("lines", lines[0]).put("file", file.toString());
  }

  private static void write(Writer out, String line) {
    try {
      out.write(line);
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line("%s in %s".formatted(Counted.of(answer.path("lines").asLong(), "line"), file));
  }
}
