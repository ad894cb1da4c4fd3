package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.smollama.core.Counted;
import io.smollama.core.FileFailure;
import io.smollama.core.Reading;
import io.smollama.core.ReadingValue;
import io.smollama.core.SourceId;
import io.smollama.memory.LoadReport;
import io.smollama.memory.MemoryException;
import io.smollama.memory.ReadingHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama readings import}: readings of a CSV file into the history. */
@Command(
    name = "import",
    description = {
      "Take readings of a CSV file into the history; what is there already changes nothing.",
      "Header: timestamp,source,value,unit. docs/readings-history.md describes the fields.",
      "A timestamp is ISO 8601, UTC unless it says otherwise (2026-03-01T12:00:00Z, 2026-03-01",
      "12:00:00, 2026-03-01T13:00:00+01:00), or seconds or milliseconds since 1970.",
      "A value is a number with a point (8.1), true, on, false or off, else a text.",
      "A bad line ends the import; the lines before it are kept, and it can be repeated.",
      "Works beside a running node, which takes them in."
    })
final class ReadingsImportCommand extends NodeCommand {
  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE",
      description = "The file; '-' for standard input.")
  private Path file;

  @Option(names = "--skip-bad", description = "Name bad lines on standard error and go on.")
  private boolean skipBad;

  @Override
  JsonNode ask(NodeClient node) {
    ReadingsUpload upload = new ReadingsUpload(node);
    return take(upload.saysNumbers(), upload::send);
  }

  @Override
  JsonNode ask(Parts parts) {
    ReadingHistory history = parts.memory().readings();
    return take(
        source ->
            history
                .latest(source)
                .filter(last -> last.value() instanceof ReadingValue.Quantity)
                .isPresent(),
        readings -> load(history, readings));
  }

  private JsonNode take(
      Predicate<SourceId> hadNumbers, Function<Iterator<Reading>, LoadReport> load) {
    try (Utf8Reader text = new ImportedFile(file, program().terminal().input()).open();
        CsvReader<CsvRecord> lines =
            CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(new MarkedEnd(text))) {
      CsvReadings readings =
          new CsvReadings(file, text, lines.iterator(), skipBad, this::complain, hadNumbers);
      OldReadings old =
          new OldReadings(program().configuration().memory(), program().clock().instant());
      LoadReport report = load.apply(looked(readings, old::look));
      readings.end().ifPresent(bad -> stop(bad, report));
      return object()
          .put("added", report.added())
          .put("replaced", report.replaced())
          .put("unchanged", report.unchanged())
          .put("skipped", readings.skipped())
          .put("outdone", report.outdone())
          .put("number_like_texts", readings.numberLike())
          .put("rounded_numbers", readings.rounded())
          .put("older_than_kept", old.count())
          .put("days_to_keep", old.count() > 0 ? old.daysToKeep() : null);
    } catch (IOException e) {
      throw new UserError("%s cannot be read: %s".formatted(file, FileFailure.reason(e)), e);
    }
  }

  private static Iterator<Reading> looked(Iterator<Reading> readings, Consumer<Reading> look) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return readings.hasNext();
      }

      @Override
      public Reading next() {
        Reading reading = readings.next();
        look.accept(reading);
        return reading;
      }
    };
  }

  private static LoadReport load(ReadingHistory history, Iterator<Reading> readings) {
    try {
      return history.load(readings);
    } catch (MemoryException e) {
      throw new UserError(
          "%s. A part of the readings may be imported; when this is mended import again, what is there changes nothing"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void complain(String line) {
    spec.commandLine().getErr().println("smollama: " + line);
  }

  /** What came before a bad line is in the history; whoever reads of the line must know it. */
  private void stop(CsvReadings.End bad, LoadReport report) {
    String kept =
        report.total() == 0
            ? "Nothing was imported"
            : "What came before it is imported (%s, %,d of them new)"
                .formatted(Counted.of(report.total(), "reading"), report.added());
    throw new UserError("%s. %s; %s".formatted(bad.what(), kept, bad.remedy()), bad.cause());
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(
        "%s added, %,d replaced, %,d known already, %s skipped"
            .formatted(
                Counted.of(answer.path("added").asLong(), "reading"),
                answer.path("replaced").asLong(),
                answer.path("unchanged").asLong(),
                Counted.of(answer.path("skipped").asLong(), "bad line")));
    long outdone = answer.path("outdone").asLong();
    if (outdone > 0) {
      terminal.line(
          "%s had another value for the source and time of a later line; the last stays"
              .formatted(Counted.of(outdone, "reading")));
    }
    long texts = answer.path("number_like_texts").asLong();
    if (texts > 0) {
      terminal.line(
          Counted.of(
                  texts,
                  "value looks like a number and was taken as text",
                  "values look like numbers and were taken as texts")
              + "; mended, import them again");
    }
    long rounded = answer.path("rounded_numbers").asLong();
    if (rounded > 0) {
      terminal.line(RoundedNumbers.warning(rounded));
    }
    long old = answer.path("older_than_kept").asLong();
    if (old > 0) {
      terminal.line(OldReadings.warning(old, answer.path("days_to_keep").asLong()));
    }
  }
}
