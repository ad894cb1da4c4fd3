package io.smollama.cli;

import io.smollama.core.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder where a node keeps what it must not lose, and the only one it writes to. Immutable.
 *
 * @param path the folder; it need not exist
 */
record StateFolder(Path path) {
  private static final Path INSTALLED = Path.of("/var/lib/smollama");

  /**
   * The folder of this user: {@code SMOLLAMA_HOME}, else {@code ~/.smollama} if it is there, else
   * {@code /var/lib/smollama} if a package made it, else {@code ~/.smollama}.
   */
  static StateFolder of(Map<String, String> environment, Path userHome) {
    String named = environment.getOrDefault("SMOLLAMA_HOME", "");
    if (!named.isBlank()) {
      return new StateFolder(Path.of(named).toAbsolutePath().normalize());
    }
    Path ofUser = userHome.resolve(".smollama");
    boolean installed = !Files.isDirectory(ofUser) && Files.isDirectory(INSTALLED);
    return new StateFolder(installed ? INSTALLED : ofUser);
  }

  /** Makes the folder, for its owner's eyes only, and makes sure that it can be written. */
  void prepare() {
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.createDirectories( // which another command may be making now, too
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      Files.createDirectories(temporary());
      Path probe = Files.createTempFile(path, "probe", null);
      Files.delete(probe);
    } catch (IOException e) {
      throw new UserError(
          ("The state folder %s cannot be written (%s). Mend its rights, run as its owner, or name"
                  + " another with SMOLLAMA_HOME")
              .formatted(path, FileFailure.reason(e)),
          e);
    }
  }

  /** Clears what a killed process left behind; only for who holds the lock. */
  void clearTemporary() {
    try (Stream<Path> left = Files.walk(temporary())) {
      List<Path> deepestFirst = left.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst.subList(0, deepestFirst.size() - 1)) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException e) {
      // somebody else's file there is no reason not to start
    }
  }

  Path journal() {
    return path.resolve("journal.sqlite");
  }

  Path memory() {
    return path.resolve("memory.sqlite");
  }

  /** What a model shall answer to, and what it answered. */
  Path inbox() {
    return path.resolve("inbox.sqlite");
  }

  /** Events that a broker does not have yet. */
  Path outbox() {
    return path.resolve("outbox.sqlite");
  }

  /** What readings by messages said last, of a type of sources. */
  Path heard(String type) {
    return path.resolve("heard-" + type + ".jsonl");
  }

  /** What a Llama server gave out, as hashes. */
  Path tokens() {
    return path.resolve("tokens.sqlite");
  }

  /** What a Llama server needs to know of nodes with Smollama for Python. */
  Path pythonNodes() {
    return path.resolve("python-nodes.sqlite");
  }

  /** Where native libraries and models are unpacked, once for each version. */
  Path unpacked() {
    return path.resolve("unpacked");
  }

  Path extensions() {
    return path.resolve("extensions");
  }

  Path temporary() {
    return path.resolve("tmp");
  }

  Path lock() {
    return path.resolve("node.lock");
  }

  Path nodeFile() {
    return path.resolve("node.json");
  }

  /** Tells of an edge node that runs. */
  Path edgeFile() {
    return path.resolve("edge.json");
  }
}
