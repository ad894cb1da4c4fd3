package io.smollama.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's own files, for tests about them. */
final class SourceTree {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private SourceTree() {}

  /** All Java files of the published modules and examples that are not tests. */
  static List<Path> mainFiles() {
    return files("/src/main/java/");
  }

  /** All Java files of tests, fixtures and benchmarks. */
  static List<Path> testFiles() {
    return files("/src/test/java/");
  }

  private static List<Path> files(String under) {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains(under))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
