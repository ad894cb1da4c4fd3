package io.smollama.cli;

import io.smollama.memory.ArchiveLine;
import io.smollama.memory.PythonDatabase;
import io.smollama.memory.ReadingRecord;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lines of an export or what a database of Smollama for Python holds, until the first line that
 * makes no sense, so that what comes before it can be taken in.
 *
 * @param file the file; {@code -} for the input
 * @param zone where the machine stood that wrote the database
 * @param input what somebody pipes in
 * @param rounded is told of numbers that have more digits than are kept
 * @param skipped is told of each line that makes no sense, which is passed over then; empty to end
 *     at the first
 */
record ArchiveLines(
    Path file,
    ZoneId zone,
    InputStream input,
    RoundedNumbers rounded,
    Optional<Consumer<String>> skipped) {

  /** Gives each line; why it ended before the end, empty if it did not. */
  Optional<String> each(Consumer<ArchiveLine> taker) {
    ImportedFile imported = new ImportedFile(file, input);
    imported.requireThere();
    if (PythonDatabase.is(file)) {
      PythonDatabase.read(
          file,
          zone,
          line -> {
            look(file.toString(), line);
            taker.accept(line);
          });
      return Optional.empty();
    }
    long number = 0;
    try (Utf8Reader text = imported.open();
        BufferedReader lines = new BufferedReader(new NoBinaryReader(text))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        Optional<String> bad = text.complaint(List.of(line));
        if (bad.isEmpty() && !line.isBlank()) {
          bad = parse(number, line, taker);
        }
        if (bad.isPresent()) {
          String what = "%s line %d: %s".formatted(file, number, bad.get());
          if (skipped.isEmpty()) {
            return Optional.of(what);
          }
          skipped.get().accept(what);
        }
      }
      return Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.of(
          ("%s is no text from line %d on. Import takes lines of JSON ('smollama memory export'), or"
                  + " a database of Smollama for Python; a backup is restored by putting it into an"
                  + " empty state folder")
              .formatted(file, number + 1));
    } catch (IOException e) {
      return Optional.of("%s cannot be read from line %d on".formatted(file, number + 1));
    }
  }

  /** What is wrong with a line; empty if it was taken. */
  private Optional<String> parse(long number, String line, Consumer<ArchiveLine> taker) {
    ArchiveLine parsed;
    try {
      parsed = ArchiveLine.parse(line);
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    look("%s line %d".formatted(file, number), parsed);
    taker.accept(parsed);
    return Optional.empty();
  }

  private void look(String place, ArchiveLine line) {
    if (line instanceof ReadingRecord record) {
      record.rounded().ifPresent(written -> rounded.add(place, written, record.reading().value()));
    }
  }

  /** A file of bytes has a zero soon, and perhaps no line that ends before memory does. */
  private static final class NoBinaryReader extends FilterReader {
    NoBinaryReader(Reader text) {
      super(text);
    }

    @Override
    public int read(char[] into, int from, int most) throws IOException {
      int count = super.read(into, from, most);
      for (int i = from; i < from + count; i++) {
        if (into[i] == 0) {
          throw new CharacterCodingException();
        }
      }
      return count;
    }
  }
}
