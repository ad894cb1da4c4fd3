package io.smollama.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The programs of an installed PostgreSQL, and the user whom they run as.
 *
 * @param bin the folder that they are in
 * @param other who runs them if a test's own user may not
 */
record PostgresPrograms(Path bin, Optional<UserPrincipal> other) {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

  /** Empty if PostgreSQL is not installed. */
  static Optional<PostgresPrograms> find() throws IOException {
    String named = System.getenv("SMOLLAMA_TEST_POSTGRES_BIN");
    Optional<Path> bin = named == null ? newest() : Optional.of(Path.of(named));
    boolean root = System.getProperty("user.name").equals("root");
    Optional<UserPrincipal> other = root ? Optional.of(unprivileged()) : Optional.empty();
    return bin.filter(folder -> Files.isExecutable(folder.resolve("initdb")))
        .map(folder -> new PostgresPrograms(folder, other));
  }

  private static Optional<Path> newest() throws IOException {
    if (!Files.isDirectory(DEBIAN)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(DEBIAN)) {
      return versions
          .filter(version -> Files.isExecutable(version.resolve("bin/initdb")))
          .max(
              Comparator.comparingInt(
                  version -> Integer.parseInt(version.getFileName().toString())))
          .map(version -> version.resolve("bin"));
    }
  }

  private static UserPrincipal unprivileged() throws IOException {
    var users = FileSystems.getDefault().getUserPrincipalLookupService();
    try {
      return users.lookupPrincipalByName("postgres");
    } catch (UserPrincipalNotFoundException e) {
      return users.lookupPrincipalByName("nobody");
    }
  }

  /** Makes a folder theirs. */
  void own(Path folder) throws IOException {
    if (other.isPresent()) {
      Files.setOwner(folder, other.get());
    }
  }

  /** Runs a program to its end and returns what it said. */
  String run(Path folder, Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    other.ifPresent(user -> command.addAll(List.of("runuser", "-u", user.getName(), "--")));
    command.add(program.toString());
    command.addAll(List.of(arguments));
    // A server that goes on running would keep a pipe open.
    Path said = Files.createTempFile("postgres", ".said");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      int code = process.waitFor();
      String text = Files.readString(said, StandardCharsets.UTF_8);
      if (code != 0) {
        throw new IOException("%s ended with %d: %s".formatted(command, code, text));
      }
      return text;
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      Files.delete(said);
    }
  }
}
