package io.smollama.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.smollama.core.FileFailure;
import io.smollama.core.Reading;
import io.smollama.core.SourceId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The readings of a CSV file until the first line that is none, so that what comes before it can be
 * loaded; or all but such lines. One thread at a time.
 */
final class CsvReadings implements Iterator<Reading> {
  private static final int SHOWN = 10;
  private static final int VALUE = ReadingCsv.HEADER.indexOf("value");
  private static final String MEND = "mend it and import again, what is there changes nothing";

  private final Path file;
  private final Iterator<CsvRecord> lines;
  private final boolean skipBad;
  private final Consumer<String> complaints;
  private final NumberLikeTexts texts;
  private final Utf8Reader text;
  private final RoundedNumbers rounded;
  private final ReadingCsv form = new ReadingCsv();
  private Optional<End> end = Optional.empty();
  private @Nullable Reading next;
  private long skipped;
  private long numberLike;
  private long line = 1;
  private boolean headed;

  /**
   * Reads lines.
   *
   * @param file its name, for complaints
   * @param text what the lines are parsed from
   * @param skipBad whether to go on after a bad line
   * @param complaints told of the first few lines that are passed over or odd
   * @param hadNumbers whether a source said numbers before
   */
  CsvReadings(
      Path file,
      Utf8Reader text,
      Iterator<CsvRecord> lines,
      boolean skipBad,
      Consumer<String> complaints,
      Predicate<SourceId> hadNumbers) {
    this.file = file;
    this.text = text;
    this.rounded = new RoundedNumbers(complaints);
    this.lines = lines;
    this.skipBad = skipBad;
    this.complaints = complaints;
    this.texts = new NumberLikeTexts(hadNumbers);
  }

  /**
   * Why it ended before the end of the file.
   *
   * @param what file, line and what is wrong with it
   * @param remedy what to do
   */
  record End(String what, String remedy, Exception cause) {}

  /** Why it ended early, once there is no next; empty if it did not. */
  Optional<End> end() {
    return end;
  }

  /** How many lines were passed over. */
  long skipped() {
    return skipped;
  }

  /** How many values look like numbers and are texts. */
  long numberLike() {
    return numberLike;
  }

  /** How many numbers were rounded. */
  long rounded() {
    return rounded.count();
  }

  private void round(String written) {
    rounded.add("%s line %d".formatted(file, line), written, next.value());
  }

  private void odd(String what) {
    if (++numberLike <= SHOWN) {
      complaints.accept("%s line %d: %s".formatted(file, line, what));
    }
  }

  @Override
  public boolean hasNext() {
    while (next == null && end.isEmpty() && hasLine()) {
      try {
        CsvRecord record = lines.next();
        line = record.getStartingLineNumber();
        if (isLast(record)) {
          return false;
        }
        Optional<String> noText = text.complaint(record.getFields());
        if (noText.isPresent()) {
          throw new IllegalArgumentException(noText.get());
        } else if (headed) {
          next = form.reading(record.getFields());
          if (!record.getField(VALUE).startsWith(ReadingCsv.TEXT)) {
            texts.complaint(next).ifPresent(this::odd);
          }
          form.rounded().ifPresent(this::round);
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
      String why =
          e.getCause() instanceof IOException cause ? FileFailure.reason(cause) : e.getMessage();
      String what =
          headed
              ? "%s after line %d cannot be read: %s".formatted(file, line, why)
              : "%s cannot be read: %s".formatted(file, why);
      end = Optional.of(new End(what, "mend the quotes, or save it as CSV in UTF-8", e));
      return false;
    }
  }

  /** Whether nothing more comes; what a quote that nothing closes has taken in is no reading. */
  private boolean isLast(CsvRecord record) {
    String last = record.getField(record.getFieldCount() - 1);
    boolean ends = last.endsWith(MarkedEnd.MARK);
    if (ends && !headed) {
      requireHeader(record);
    } else if (ends && record.getFieldCount() + last.length() > 1 + MarkedEnd.MARK.length()) {
      String what = "%s line %d opens a quote that nothing closes".formatted(file, line);
      IllegalArgumentException cause = new IllegalArgumentException(what);
      end = Optional.of(new End(what, "close it and import again", cause));
    }
    return ends;
  }

  private void requireHeader(CsvRecord record) {
    headed = true;
    String first =
        String.join(",", record.getFields()).replace("\uFEFF", "").replace(MarkedEnd.MARK, "");
    String wanted = String.join(",", ReadingCsv.HEADER);
    if (!wanted.equals(first) && !wanted.equals(first + ",unit")) {
      String what = "%s line 1 is '%s'".formatted(file, first);
      String remedy = "the header %s is wanted".formatted(wanted);
      end = Optional.of(new End(what, remedy, new IllegalArgumentException(what)));
    }
  }

  private void bad(IllegalArgumentException e) {
    String what = "%s line %d: %s".formatted(file, line, e.getMessage());
    if (!skipBad) {
      end = Optional.of(new End(what, MEND + ", or pass over such lines with --skip-bad", e));
    } else if (++skipped <= SHOWN) {
      complaints.accept(what);
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
