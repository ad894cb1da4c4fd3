package io.smollama.devices;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder in which a driver of the kernel tells each number in a file of its own. Immutable. */
record KernelNumbers(Path folder) {

  /** The names of its files, in order. */
  List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  boolean has(String name) {
    return Files.isRegularFile(folder.resolve(name));
  }

  String text(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1).strip();
  }

  /** Exactly what the file says: it is moved to another unit without a rounding. */
  BigDecimal number(String name) throws IOException {
    String text = text(name);
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      String quote = text.length() > 60 ? text.substring(0, 60) + "…" : text;
      throw new IOException("%s makes no sense: '%s'".formatted(folder.resolve(name), quote), e);
    }
  }
}
