package io.smollama.readings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A small text file by which the Linux kernel tells one thing. It is read whole, each time anew. A
 * file that is not there is nothing; one that makes no sense is an {@link IOException} that quotes
 * it. Immutable.
 */
record KernelFile(Path path) {

  /** The files of a folder that a glob with folders in it means, in the order of their names. */
  static List<KernelFile> all(Path folder, String glob) {
    List<Path> found = List.of(folder);
    for (String part : glob.split("/")) {
      found = found.stream().flatMap(path -> entries(path, part).stream()).toList();
    }
    return found.stream().map(KernelFile::new).filter(KernelFile::exists).toList();
  }

  static Optional<KernelFile> first(Path folder, String glob) {
    return all(folder, glob).stream().findFirst();
  }

  /** A file of the monitor that bears a name. */
  static Optional<KernelFile> named(Path monitors, String name, String file) {
    return all(monitors, "*/name").stream()
        .filter(label -> label.says(name))
        .map(label -> new KernelFile(label.path().resolveSibling(file)))
        .filter(KernelFile::exists)
        .findFirst();
  }

  private static List<Path> entries(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      List<Path> found = new ArrayList<>();
      entries.forEach(found::add);
      Collections.sort(found);
      return found;
    } catch (IOException e) {
      return List.of(); // what cannot be looked into is not there for us
    }
  }

  /** Whether it can be read and says just this. */
  boolean says(String word) {
    try {
      return text().filter(word::equals).isPresent();
    } catch (IOException e) {
      return false;
    }
  }

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
