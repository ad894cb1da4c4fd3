package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.smollama.core.Reading;
import io.smollama.memory.LoadReport;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama readings import}: readings of a CSV file into the history. */
@Command(
    name = "import",
    description = {
      "Take readings of a CSV file into the history; what is there already changes nothing.",
      "Header: timestamp,source,value,unit. docs/readings-history.md describes the fields.",
      "A bad line ends the import; the lines before it are kept, and it can be repeated."
    })
final class ReadingsImportCommand extends NodeCommand {
  private static final int SHOWN = 10;

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
    throw new UserError("A node runs on this state folder; stop it, then import");
  }

  @Override
  JsonNode ask(Parts parts) {
    try (Reader text = open();
        CsvReader<CsvRecord> lines =
            CsvReader.builder().allowExtraFields(true).allowMissingFields(true).ofCsvRecord(text)) {
      Readings readings = new Readings(lines.iterator());
      LoadReport report = parts.memory().readings().load(readings);
      readings.end.ifPresent(
          bad -> {
            throw bad;
          });
      return object()
          .put("added", report.added())
          .put("replaced", report.replaced())
          .put("unchanged", report.unchanged())
          .put("skipped", readings.skipped);
    } catch (IOException e) {
      throw new UserError("%s cannot be read: %s".formatted(file, e), e);
    }
  }

  private Reader open() throws IOException {
    if (file.toString().equals("-")) {
      return new InputStreamReader(program().terminal().input(), StandardCharsets.UTF_8);
    } else if (!Files.isRegularFile(file)) {
      throw new UserError("%s: there is no such file".formatted(file));
    }
    return Files.newBufferedReader(file);
  }

  /** The readings until the first bad line, so that what comes before it is loaded. */
  private final class Readings implements Iterator<Reading> {
    private final Iterator<CsvRecord> lines;
    private Optional<UserError> end = Optional.empty();
    private @Nullable Reading next;
    private long skipped;
    private long line = 1;
    private boolean headed;

    Readings(Iterator<CsvRecord> lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      while (next == null && end.isEmpty() && hasLine()) {
        try {
          CsvRecord record = lines.next();
          line = record.getStartingLineNumber();
          if (headed) {
            next = ReadingCsv.reading(record.getFields());
          } else {
            requireHeader(record);
          }
        } catch (IllegalArgumentException e) {
          bad(e);
        }
      }
      return next != null;
    }

    /** Beyond malformed quoting or bytes there is no next line to go on with. */
    private boolean hasLine() {
      try {
        return lines.hasNext();
      } catch (CsvParseException | UncheckedIOException e) {
        String why = e.getCause() == null ? e.getMessage() : e.getCause().toString();
        end =
            Optional.of(
                new UserError("%s after line %d cannot be read: %s".formatted(file, line, why), e));
        return false;
      }
    }

    private void requireHeader(CsvRecord record) {
      headed = true;
      String first = String.join(",", record.getFields()).replace("\uFEFF", "");
      String wanted = String.join(",", ReadingCsv.HEADER);
      if (!wanted.equals(first) && !wanted.equals(first + ",unit")) {
        end =
            Optional.of(
                new UserError(
                    "%s line 1 is '%s'; the header %s is wanted".formatted(file, first, wanted)));
      }
    }

    private void bad(IllegalArgumentException e) {
      String what = "%s line %d: %s".formatted(file, line, e.getMessage());
      if (!skipBad) {
        end = Optional.of(new UserError(what, e));
      } else if (++skipped <= SHOWN) {
        spec.commandLine().getErr().println("smollama: " + what);
      }
    }

    @Override
    public Reading next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Reading given = next;
      next = null;
      return given;
    }
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(
        "%,d readings added, %,d replaced, %,d known already, %,d bad lines skipped"
            .formatted(
                answer.path("added").asLong(),
                answer.path("replaced").asLong(),
                answer.path("unchanged").asLong(),
                answer.path("skipped").asLong()));
  }
}
