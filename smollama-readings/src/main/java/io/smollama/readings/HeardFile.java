package io.smollama.readings;

import io.smollama.core.FileFailure;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps lines in a file, all or none of them. One thread at a time. */
final class HeardFile {
  private static final Logger log = LoggerFactory.getLogger(HeardFile.class);
  private static final long LARGEST = 16L << 20;

  private final Path file;
  private boolean complained;

  HeardFile(Path file) {
    this.file = file;
  }

  /** What was kept; nothing if there is none, or it cannot be read. */
  List<HeardLine> read() {
    try {
      if (Files.size(file) > LARGEST) {
        throw new IOException("it is larger than any that was written here");
      }
      // Not read as UTF-8 that must be right: a damaged line shall cost no other.
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      try (Stream<String> lines = text.lines()) {
        return lines.filter(line -> !line.isBlank()).map(HeardLine::new).toList();
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      log.warn("{} is not used: {}", file, FileFailure.reason(e));
      return List.of();
    }
  }

  /** Writes them in place of what was there; false if that failed. */
  boolean write(List<HeardLine> lines) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    String text = lines.stream().map(line -> line.text() + "\n").collect(Collectors.joining());
    // No channel: that would be closed by the interrupt that ends a read.
    try {
      try (FileOutputStream out = new FileOutputStream(fresh.toFile())) {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.getFD().sync();
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      complained = false;
      return true;
    } catch (IOException e) {
      if (!complained) {
        complained = true;
        log.warn("{} cannot be written: {}", file, FileFailure.reason(e));
      }
      return false;
    }
  }
}
