package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Counted;
import io.smollama.dashboard.MemoryCare;
import io.smollama.memory.ArchiveLine;
import io.smollama.memory.ImportReport;
import io.smollama.memory.ReadingRecord;
import io.smollama.memory.VectorProgress;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code smollama memory import}: lines of an export, or a database of Smollama for Python. */
@Command(
    name = "import",
    description = {
      "Take in lines of an export, or a database of Smollama for Python.",
      "What was imported before changes nothing. docs/archive-format.md describes the lines.",
      "A bad line ends the import unless --skip-bad is given; the lines before it are kept, and it",
      "can be repeated.",
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

  @Option(names = "--skip-bad", description = "Name bad lines on standard error and go on.")
  private boolean skipBad;

  @Option(
      names = "--wait",
      description = "Beside a running node: wait until the new texts can be found by meaning.")
  private boolean wait;

  private Optional<OldReadings> old = Optional.empty();
  private long skipped;
  private final RoundedNumbers rounded = new RoundedNumbers(this::complain);

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

  private ObjectNode withWaiting(ObjectNode total, JsonNode vectors) {
    String failure = vectors.path("failure").asText();
    old.filter(readings -> readings.count() > 0)
        .ifPresent(
            readings ->
                total
                    .put("older_than_kept", readings.count())
                    .put("days_to_keep", readings.daysToKeep()));
    return total
        .put("skipped", skipped)
        .put("rounded_numbers", rounded.count())
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
    Optional<String> bad =
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
    requireWhole(bad, total);
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
    Optional<String> bad =
        each(
            line -> {
              waiting.add(line);
              if (waiting.size() == BATCH) {
                take.run();
              }
            });
    take.run();
    requireWhole(bad, MemoryCare.form(total[0]));
    VectorProgress vectors = parts.memory().upkeep().fillVectors(progress());
    return withWaiting(MemoryCare.form(total[0]), MemoryCare.progress(vectors));
  }

  private Optional<String> each(Consumer<ArchiveLine> taker) {
    OldReadings readings =
        new OldReadings(program().configuration().memory(), program().clock().instant());
    old = Optional.of(readings);
    Optional<Consumer<String>> skip = skipBad ? Optional.of(this::skip) : Optional.empty();
    return new ArchiveLines(file, zone, program().terminal().input(), rounded, skip)
        .each(
            line -> {
              if (line instanceof ReadingRecord record) {
                readings.look(record.reading());
              }
              taker.accept(line);
            });
  }

  private void skip(String line) {
    skipped++;
    complain(line);
  }

  private void complain(String line) {
    spec.commandLine().getErr().println("smollama: " + line);
  }

  /** What came before a bad line is there; whoever reads of the line must know it. */
  private static void requireWhole(Optional<String> bad, JsonNode taken) {
    if (bad.isPresent()) {
      String kept =
          Stream.of("added", "confirmed", "known", "readings", "known_readings")
                  .allMatch(count -> taken.path(count).asLong() == 0)
              ? "Nothing was imported"
              : "Every line before it is imported (%s), nothing from it on"
                  .formatted(String.join("; ", counts(taken)));
      throw new UserError(
          "%s. %s; mend it and import again, what is there changes nothing"
              .formatted(bad.get(), kept));
    }
  }

  private static List<String> counts(JsonNode taken) {
    List<String> counts = new ArrayList<>();
    counts.add(
        "%s added, %s confirmed, %,d known already"
            .formatted(
                Counted.of(
                    taken.path("added").asLong(), "observation or fact", "observations and facts"),
                Counted.of(taken.path("confirmed").asLong(), "known fact"),
                taken.path("known").asLong()));
    long readings = taken.path("readings").asLong();
    long known = taken.path("known_readings").asLong();
    if (readings + known > 0) {
      counts.add("%s added, %,d known already".formatted(Counted.of(readings, "reading"), known));
    }
    return counts;
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    counts(answer).forEach(terminal::line);
    if (answer.path("skipped").asLong() > 0) {
      terminal.line(Counted.of(answer.path("skipped").asLong(), "bad line") + " skipped");
    }
    if (answer.path("rounded_numbers").asLong() > 0) {
      terminal.line(RoundedNumbers.warning(answer.path("rounded_numbers").asLong()));
    }
    if (answer.has("older_than_kept")) {
      terminal.line(
          OldReadings.warning(
              answer.path("older_than_kept").asLong(), answer.path("days_to_keep").asLong()));
    }
    long waiting = answer.path("without_vector").asLong();
    if (waiting > 0) {
      terminal.line(
          "%s cannot be found by meaning %s; recall finds them by their words"
              .formatted(
                  Counted.of(waiting, "text"),
                  answer.hasNonNull("vector_failure")
                      ? "(" + answer.path("vector_failure").asText() + ")"
                      : "yet, the node goes on in the background"));
    }
  }
}
