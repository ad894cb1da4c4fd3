package io.smollama.readings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A small text file by which the Linux kernel tells one thing. It is read whole, each time anew. A
 * file that is not there is nothing; one that makes no sense is an {@link IOException} that quotes
 * it. Immutable.
 */
record KernelFile(Path path) {

  boolean exists() {
    return Files.isRegularFile(path);
  }

  Optional<String> text() throws IOException {
    try {
      return Optional.of(Files.readString(path, StandardCharsets.ISO_8859_1).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The first word of the file as a number. */
  OptionalDouble number() throws IOException {
    return number(1);
  }

  /** The first word of the file as a number of other units: thousandths with 0.001. */
  OptionalDouble number(double factor) throws IOException {
    Optional<String> text = text();
    return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(parse(text.get()) * factor);
  }

  /** The first word of a text of this file as a number. */
  double parse(String text) throws IOException {
    try {
      double number = Double.parseDouble(text.strip().split("\\s", 2)[0]);
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, with the file's name
    }
    throw nonsense(text);
  }

  /** The failure to throw when the text of this file is not what the kernel writes there. */
  IOException nonsense(String text) {
    String quote = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new IOException("%s makes no sense: '%s'".formatted(path, quote));
  }
}
