package io.smollama.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.smollama.core.Counted;
import io.smollama.core.FileFailure;
import io.smollama.core.SourceId;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.SourcePattern;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smollama readings export}: the history of readings as a CSV file. */
@Command(
    name = "export",
    description = {
      "Write the history of readings as CSV, source by source, each oldest first.",
      "docs/readings-history.md describes the fields. Works beside a running node."
    })
final class ReadingsExportCommand extends ExportCommand {
  @Option(
      names = "--source",
      paramLabel = "PATTERN",
      defaultValue = "*",
      description = "Only these sources: system:*.")
  private String source;

  @Override
  void check() {
    try {
      since();
      until();
    } catch (UserError e) {
      throw wrongUsage(e.getMessage());
    }
  }

  @Override
  Predicate<SourceId> wanted() {
    return SourcePattern.of(source);
  }

  @Override
  JsonNode export(MemoryStore store) {
    if (file != null) {
      long count = WholeFile.write(file, out -> write(store, out));
      return object().put("readings", count).put("file", file.toString());
    }
    try {
      Writer out = new OutputStreamWriter(program().terminal().output(), StandardCharsets.UTF_8);
      write(store, out);
      out.flush();
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new UserError("Standard output cannot be written: " + FileFailure.reason(e), e);
    }
  }

  private long write(MemoryStore store, Writer out) throws IOException {
    long[] count = {0};
    CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    csv.writeRecord(ReadingCsv.HEADER);
    store
        .readings()
        .forEach(
            wanted(),
            since(),
            until(),
            reading -> {
              csv.writeRecord(ReadingCsv.fields(reading));
              count[0]++;
            });
    csv.flush();
    return count[0];
  }

  @Override
  void tell(JsonNode answer, Terminal terminal) {
    terminal.line(
        "%s in %s".formatted(Counted.of(answer.path("readings").asLong(), "reading"), file));
  }
}
