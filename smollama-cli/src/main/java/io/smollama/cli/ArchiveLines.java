package io.smollama.cli;

import io.smollama.memory.ArchiveLine;
import io.smollama.memory.PythonDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The lines of an export or what a database of Smollama for Python holds, until the first line that
 * makes no sense, so that what comes before it can be taken in.
 *
 * @param file the file; {@code -} for the input
 * @param zone where the machine stood that wrote the database
 * @param input what somebody pipes in
 */
record ArchiveLines(Path file, ZoneId zone, InputStream input) {

  /** Gives each line; why it ended before the end, empty if it did not. */
  Optional<String> each(Consumer<ArchiveLine> taker) {
    ImportedFile imported = new ImportedFile(file, input);
    imported.requireThere();
    if (PythonDatabase.is(file)) {
      PythonDatabase.read(file, zone, taker);
      return Optional.empty();
    }
    long number = 0;
    try (BufferedReader lines = imported.open()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          ArchiveLine parsed;
          try {
            parsed = ArchiveLine.parse(line);
          } catch (IllegalArgumentException e) {
            return Optional.of("%s line %d: %s".formatted(file, number, e.getMessage()));
          }
          taker.accept(parsed);
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
}
