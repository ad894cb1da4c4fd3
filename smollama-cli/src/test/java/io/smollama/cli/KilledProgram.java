package io.smollama.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * A program of the test class path that is killed in the middle of its work, as a power switch
 * would end it. It prints a line for whatever it promised to keep, and one before it begins. It
 * starts in half a second of CPU time, because it shares the archive of the classes of a first run.
 * Thread-safe.
 */
final class KilledProgram {
  private static final int MOST_LINES = 50;
  private static final long OPENING_NANOS = TimeUnit.MILLISECONDS.toNanos(120);
  private static final long BETWEEN_LINES_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  private final List<String> command;
  private final Path archive;

  private KilledProgram(List<String> command, Path archive) {
    this.command = command;
    this.archive = archive;
  }

  /**
   * Prepares a program.
   *
   * @param folder for what makes it start quickly
   * @param toTheEnd arguments with which it ends by itself
   */
  static KilledProgram of(Class<?> program, Path folder, String... toTheEnd)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"));
    command.add("-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");
    command.addAll(List.of("-Dorg.sqlite.lib.path=" + folder, "-Dorg.sqlite.lib.name=" + NATIVE));
    unpackNative(folder.resolve(NATIVE));
    command.addAll(List.of("-cp", packed(folder), program.getName()));
    KilledProgram killed = new KilledProgram(command, folder.resolve("classes.jsa"));
    Process first = killed.start("-XX:ArchiveClassesAtExit=", toTheEnd);
    first.getInputStream().transferTo(OutputStream.nullOutputStream());
    if (first.waitFor() != 0) {
      throw new IllegalStateException("%s ended with %d".formatted(program, first.exitValue()));
    }
    return killed;
  }

  private static final String NATIVE = LibraryLoaderUtil.getNativeLibName();

  private static void unpackNative(Path library) throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + NATIVE;
    try (var packed = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      Files.copy(packed, library);
    }
  }

  /** The class path with its folders as jars: an archive of classes is made of jars only. */
  private static String packed(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
      Path path = Path.of(part);
      if (Files.isDirectory(path)) {
        Path jar = folder.resolve(jars.size() + ".jar");
        pack(path, jar);
        jars.add(jar.toString());
      } else if (Files.isRegularFile(path)) {
        jars.add(part);
      }
    }
    return String.join(java.io.File.pathSeparator, jars);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
  }

  private Process start(String archiveOption, String... arguments) throws IOException {
    List<String> whole = new ArrayList<>(command);
    whole.add(1, archiveOption + archive);
    whole.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(whole).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Starts the program; whoever does kills it. */
  Process begin(String... arguments) throws IOException {
    return start("-XX:SharedArchiveFile=", arguments);
  }

  /**
   * Starts the program and kills it: one time in five while it opens its files, else after some of
   * its lines, at any place after one.
   *
   * @return the lines of what it promised, whole ones only
   */
  List<String> run(Random random, String... arguments) {
    try {
      Process child = start("-XX:SharedArchiveFile=", arguments);
      int patience = random.nextInt(5) == 0 ? 1 : 2 + random.nextInt(MOST_LINES);
      long more =
          (long) (random.nextDouble() * (patience == 1 ? OPENING_NANOS : BETWEEN_LINES_NANOS));
      List<String> lines = new ArrayList<>();
      try (BufferedReader said =
          new BufferedReader(
              new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
          lines.add(line);
          if (lines.size() == patience) {
            LockSupport.parkNanos(more);
            child
                .toHandle()
                .destroyForcibly(); // unlike the process itself it leaves its output open
          }
        }
      } finally {
        child.destroyForcibly();
      }
      if (child.waitFor() == 0 || lines.size() < patience) {
        throw new IllegalStateException(
            "It was to be killed in its work; it ended with %d after %s"
                .formatted(child.exitValue(), lines));
      }
      return lines.stream().filter(line -> line.endsWith(";")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
