package io.smollama.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text that an import reads.
 *
 * @param file the file; {@code -} for the input
 * @param input what somebody pipes in
 */
record ImportedFile(Path file, InputStream input) {

  Utf8Reader open() throws IOException {
    if (isInput()) {
      return new Utf8Reader(input);
    }
    requireThere();
    return new Utf8Reader(Files.newInputStream(file));
  }

  /** Refuses what is neither a file nor the input. */
  void requireThere() {
    if (!isInput() && !Files.isRegularFile(file)) {
      String what = Files.exists(file) ? "is no file of lines" : "there is no such file";
      throw new UserError("%s: %s".formatted(file, what));
    }
  }

  private boolean isInput() {
    return file.toString().equals("-");
  }
}
