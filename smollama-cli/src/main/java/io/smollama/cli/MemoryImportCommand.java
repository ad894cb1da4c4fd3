package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.dashboard.MemoryCare;
import io.smollama.memory.ArchiveLine;
import io.smollama.memory.ImportReport;
import io.smollama.memory.PythonDatabase;
import io.smollama.memory.VectorProgress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama memory import}: lines of an export, or a database of Smollama for Python. */
@Command(
    name = "import",
    description = {
      "Take in lines of an export, or a database of Smollama for Python.",
      "What was imported before changes nothing. docs/archive-format.md describes the lines.",
      "A running node makes the vectors of new texts in the background; until then recall finds",
      "them by their words."
    })
final class MemoryImportCommand extends NodeCommand {
  /** A request to a running node is short. */
  private static final int REQUEST_CHARACTERS = 16_000;

  private static final int REQUEST_LINES = 200;
  private static final int BATCH = 5_000;
  private static final long BETWEEN_LOOKS_NANOS = 500_000_000;

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

  @Option(
      names = "--wait",
      description = "Beside a running node: wait until the new texts can be found by meaning.")
  private boolean wait;

  @Override
  JsonNode ask(NodeClient node) {
    ObjectNode total = send(node);
    JsonNode vectors = node.get("/api/memory/stats", Map.of()).path("vectors");
    Consumer<VectorProgress> told = progress();
    while (wait && waiting(vectors) > 0 && vectors.path("failure").asText().isEmpty()) {
      LockSupport.parkNanos(BETWEEN_LOOKS_NANOS);
      vectors = node.get("/api/memory/stats", Map.of()).path("vectors");
      told.accept(
          new VectorProgress(
              vectors.path("model").asText(),
              vectors.path("done").asLong(),
              vectors.path("total").asLong(),
              vectors.path("failure").asText()));
    }
    return withWaiting(total, vectors);
  }

  private static long waiting(JsonNode vectors) {
    return vectors.path("total").asLong() - vectors.path("done").asLong();
  }

  private static ObjectNode withWaiting(ObjectNode total, JsonNode vectors) {
    String failure = vectors.path("failure").asText();
    return total
        .put("without_vector", waiting(vectors))
        .put("vector_failure", failure.isEmpty() ? null : failure);
  }

  private ObjectNode send(NodeClient node) {
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
    VectorProgress vectors = parts.memory().upkeep().fillVectors(progress());
    return withWaiting(MemoryCare.form(total[0]), MemoryCare.progress(vectors));
  }

  private void each(Consumer<ArchiveLine> taker) {
    if (!file.toString().equals("-") && !Files.isRegularFile(file)) {
      String what = Files.exists(file) ? "is no file of lines" : "there is no such file";
      throw new UserError("%s: %s".formatted(file, what));
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
    } catch (CharacterCodingException e) {
      throw new UserError(
          ("%s is no text. Import takes lines of JSON ('smollama memory export'), or a database of"
                  + " Smollama for Python; a backup is restored by putting it into an empty state"
                  + " folder")
              .formatted(file));
    } catch (IOException e) {
      throw new UncheckedIOException(
          new IOException("%s cannot be read: %s".formatted(file, e), e));
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
    long waiting = answer.path("without_vector").asLong();
    if (waiting > 0) {
      terminal.line(
          "%,d texts cannot be found by meaning %s; recall finds them by their words"
              .formatted(
                  waiting,
                  answer.hasNonNull("vector_failure")
                      ? "(" + answer.path("vector_failure").asText() + ")"
                      : "yet, the node goes on in the background"));
    }
  }
}
