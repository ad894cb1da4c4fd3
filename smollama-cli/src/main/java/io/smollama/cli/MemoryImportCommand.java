package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.dashboard.MemoryCare;
import io.smollama.memory.ArchiveLine;
import io.smollama.memory.ImportReport;
import io.smollama.memory.PythonDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama memory import}: lines of an export, or a database of Smollama for Python. */
@Command(
    name = "import",
    description = {
      "Take in lines of an export, or a database of Smollama for Python.",
      "What was imported before changes nothing. docs/archive-format.md describes the lines."
    })
final class MemoryImportCommand extends NodeCommand {
  /** A request to a running node is short. */
  private static final int REQUEST_CHARACTERS = 16_000;

  private static final int REQUEST_LINES = 200;
  private static final int BATCH = 5_000;

  @Parameters(
      paramLabel = "FILE",
      description =
          "The file, '-' for standard input; memory.db or sync.db of Smollama for Python.")
  private Path file;

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description =
          "Where the machine stood that wrote memory.db, for example Europe/Berlin; its times say no"
              + " zone. Default: this machine's.")
  private ZoneId zone = ZoneId.systemDefault();

  @Override
  JsonNode ask(NodeClient node) {
    ObjectNode total = object();
    List<String> waiting = new ArrayList<>();
    long[] characters = {0};
    Runnable send =
        () -> {
          ArrayNode lines = object().putArray("lines");
          waiting.forEach(lines::add);
          JsonNode part = node.post("/api/memory/import", object().set("lines", lines));
          part.properties()
              .forEach(
                  count ->
                      total.put(
                          count.getKey(),
                          total.path(count.getKey()).asLong() + count.getValue().asLong()));
          waiting.clear();
          characters[0] = 0;
        };
    each(
        line -> {
          String json = line.json();
          if (!waiting.isEmpty()
              && (waiting.size() == REQUEST_LINES
                  || characters[0] + json.length() > REQUEST_CHARACTERS)) {
            send.run();
          }
          waiting.add(json);
          characters[0] += json.length();
        });
    if (!waiting.isEmpty() || total.isEmpty()) {
      send.run();
    }
    return total;
  }

  @Override
  JsonNode ask(Parts parts) {
    List<ArchiveLine> waiting = new ArrayList<>();
    ImportReport[] total = {ImportReport.NOTHING};
    Runnable take =
        () -> {
          total[0] = total[0].plus(parts.memory().archive().take(waiting));
          waiting.clear();
        };
    try {
      each(
          line -> {
            waiting.add(line);
            if (waiting.size() == BATCH) {
              take.run();
            }
          });
    } finally {
      take.run(); // what came before a bad line is kept
    }
    parts.memory().upkeep().fillVectors(progress());
    return MemoryCare.form(total[0]);
  }

  private void each(Consumer<ArchiveLine> taker) {
    if (!file.toString().equals("-") && !Files.isRegularFile(file)) {
      throw new UserError("%s: there is no such file".formatted(file));
    } else if (PythonDatabase.is(file)) {
      PythonDatabase.read(file, zone, taker);
      return;
    }
    try (BufferedReader lines = open()) {
      String line = lines.readLine();
      for (long number = 1; line != null; number++) {
        if (!line.isBlank()) {
          taker.accept(parse(line, number));
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("%s cannot be read as lines of UTF-8: %s".formatted(file, e), e));
    }
  }

  private BufferedReader open() throws IOException {
    return file.toString().equals("-")
        ? new BufferedReader(
            new InputStreamReader(program().terminal().input(), StandardCharsets.UTF_8))
        : Files.newBufferedReader(file);
  }

  private ArchiveLine parse(String line, long number) {
    try {
      return ArchiveLine.parse(line);
    } catch (IllegalArgumentException e) {
      throw new UserError("%s line %d: %s".formatted(file, number, e.getMessage()), e);
    }
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(
        "%,d observations and facts added, %,d known facts confirmed, %,d known already"
            .formatted(
                answer.path("added").asLong(),
                answer.path("confirmed").asLong(),
                answer.path("known").asLong()));
    long readings = answer.path("readings").asLong();
    long known = answer.path("known_readings").asLong();
    if (readings + known > 0) {
      terminal.line("%,d readings added, %,d known already".formatted(readings, known));
    }
  }
}
