package io.smollama.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.AnomalyDetector;
import io.smollama.core.Counted;
import io.smollama.core.FileFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code smollama backtest}: what the observer would have found unusual in a file of values. */
@Command(
    name = "backtest",
    description = {
      "Show what would have been found unusual in the values of a file.",
      "As if they came now, one after the other. Lines are 'timestamp,value': ISO 8601, in UTC where no",
      "offset is given, or seconds since 1970, and a number with a point. A first line of names is",
      "skipped; a line that is none of this ends it. No node is needed, and nothing is kept."
    })
final class BacktestCommand implements Callable<Integer> {
  private static final int SHOWN = 20;

  @Spec private CommandSpec spec;

  @Option(names = "--csv", required = true, paramLabel = "FILE", description = "The values.")
  private Path csv = Path.of("");

  @Option(
      names = "--scores",
      paramLabel = "OUT",
      description = "Write 'timestamp,value,score,alarm' for each line to this file.")
  private @Nullable Path scores;

  @Option(
      names = "--threshold",
      paramLabel = "SCORE",
      description =
          "What scores at least this is an alarm, above 0, at most 1. Default: that of a node.")
  private double threshold = AnomalyDetector.WORTH_TELLING;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  /** A line of the file, and how unusual its value was. */
  private record Row(String time, String value, double number) {}

  @Override
  public Integer call() {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--threshold is above 0, at most 1, was " + threshold);
    }
    SmollamaCommand program = (SmollamaCommand) spec.root().userObject();
    List<Row> rows = rows(program.file(csv));
    if (scores != null && isSame(program.file(csv), program.file(scores))) {
      throw UserError.ofUsage("--scores is the file of the values; name another");
    }
    double[] scored = new double[rows.size()];
    AnomalyDetector detector = new AnomalyDetector();
    long begin = System.nanoTime();
    for (int i = 0; i < scored.length; i++) {
      scored[i] = detector.score(rows.get(i).number());
    }
    double micros = (System.nanoTime() - begin) / 1e3 / Math.max(1, scored.length);
    if (scores != null) {
      write(program.file(Objects.requireNonNull(scores)), rows, scored);
    }
    tell(program.terminal(), rows, scored, micros);
    return 0;
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.exists(other) && Files.isSameFile(one, other);
    } catch (IOException e) {
      return false; // writing will say what is wrong
    }
  }

  private static List<Row> rows(Path file) {
    List<Row> rows = new ArrayList<>();
    CsvTime times = new CsvTime();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 1;
      int columns = 2;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.replace("\uFEFF", "").split(",", -1);
        boolean named = number == 1 && fields.length > 1 && !isNumber(fields[1]);
        if (named) {
          columns = fields.length; // of which the first two are looked at
        } else if (!line.isBlank()) {
          rows.add(row(file, number, columns, fields, times));
        }
        number++;
      }
      return rows;
    } catch (MalformedInputException e) {
      throw new UserError("%s is no text in UTF-8; convert it first".formatted(file), e);
    } catch (IOException e) {
      throw new UserError("%s cannot be read: %s".formatted(file, FileFailure.reason(e)), e);
    }
  }

  private static Row row(Path file, int number, int columns, String[] fields, CsvTime times) {
    try {
      if (fields.length != columns) {
        throw new IllegalArgumentException(
            "a line is 'timestamp,value' with a point in the number, %s; had %s"
                .formatted(Counted.of(columns, "field"), Counted.of(fields.length, "field")));
      }
      Instant time = times.parse(fields[0].strip());
      if (!isNumber(fields[1])) {
        throw new IllegalArgumentException("'%s' is no number".formatted(fields[1].strip()));
      }
      return new Row(time.toString(), fields[1].strip(), Double.parseDouble(fields[1].strip()));
    } catch (IllegalArgumentException e) {
      throw new UserError("%s line %d: %s".formatted(file, number, e.getMessage()), e);
    }
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private void write(Path file, List<Row> rows, double[] scored) {
    WholeFile.write(
        file,
        out -> {
          out.write("timestamp,value,score,alarm\n");
          for (int i = 0; i < scored.length; i++) {
            out.write(
                String.format(
                    Locale.ROOT,
                    "%s,%s,%.4f,%d%n",
                    rows.get(i).time(),
                    rows.get(i).value(),
                    scored[i],
                    scored[i] >= threshold ? 1 : 0));
          }
          return scored.length;
        });
  }

  /** So many values at the beginning are unusual because anything would be. */
  private static int learning(int rows) {
    return Math.min(rows * 15 / 100, 750);
  }

  private void tell(Terminal terminal, List<Row> rows, double[] scored, double micros) {
    int learning = learning(rows.size());
    ObjectNode found =
        NodeCommand.object()
            .put("rows", rows.size())
            .put("learning", learning)
            .put("threshold", threshold);
    ArrayNode alarms = found.putArray("alarms");
    for (int i = learning; i < scored.length; i++) {
      if (scored[i] >= threshold) {
        alarms
            .addObject()
            .put("line", i + 1)
            .put("time", rows.get(i).time())
            .put("value", rows.get(i).number())
            .put("score", scored[i]);
      }
    }
    found.put("microseconds_per_value", micros);
    if (json) {
      terminal.json(found);
      return;
    }
    if (rows.isEmpty()) {
      terminal.line("The file has no values");
      return;
    }
    int first = Math.max(0, alarms.size() - SHOWN);
    for (int i = first; i < alarms.size(); i++) {
      terminal.line(
          String.format(
              Locale.ROOT,
              "%s  %-12s  unusual to %.2f",
              alarms.get(i).path("time").asText(),
              rows.get(alarms.get(i).path("line").asInt() - 1).value(),
              alarms.get(i).path("score").asDouble()));
    }
    terminal.line(
        String.format(
            Locale.ROOT,
            "%,d values, %,d unusual%s after the first %,d, from which it learns; %.1f microseconds a value",
            rows.size(),
            alarms.size(),
            first > 0 ? " (the last %d above)".formatted(SHOWN) : "",
            learning,
            micros));
  }
}
