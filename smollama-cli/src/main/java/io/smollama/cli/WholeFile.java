package io.smollama.cli;

import io.smollama.core.FileFailure;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a command writes: it is there whole or, if anything fails, as it was before. */
final class WholeFile {
  private WholeFile() {}

  /** What is written; gives how much. */
  interface Body {
    long to(Writer out) throws IOException;
  }

  static long write(Path file, Body body) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      long count;
      try (Writer out = Files.newBufferedWriter(part)) {
        count = body.to(out);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      return count;
    } catch (NoSuchFileException e) {
      throw new UserError("%s cannot be written: its folder does not exist".formatted(file), e);
    } catch (IOException e) {
      throw new UserError("%s cannot be written: %s".formatted(file, FileFailure.reason(e)), e);
    }
  }
}
