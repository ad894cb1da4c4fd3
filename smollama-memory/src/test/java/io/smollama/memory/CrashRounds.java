package io.smollama.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Kills a program of the test class path in the middle of its writing, as a power switch would end
 * the process, again and again. The program prints a line for whatever it was promised to keep.
 */
final class CrashRounds {
  /** How many rounds; set {@code -Dsmollama.crash.rounds=200} for a long run. */
  static final int ROUNDS = Integer.getInteger("smollama.crash.rounds", 5);

  private final Random random;

  /** Rounds that are the same for the same seed, as far as the scheduler lets them. */
  CrashRounds(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Starts the program, lets it acknowledge some lines, kills it forcibly.
   *
   * @param most kill it after at most so many lines
   * @return the lines that it printed, whole ones only
   */
  List<String> run(int most, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(Arrays.asList(arguments));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      int patience = 1 + random.nextInt(most);
      int spin = random.nextInt(200_000);
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        lines.add(line);
        if (lines.size() == patience) {
          for (int i = 0; i < spin; i++) {
            Thread.onSpinWait(); // so that it dies at any place, not only after a line
          }
          child.toHandle().destroyForcibly(); // unlike the process itself it leaves its output open
        }
      }
    } finally {
      child.destroyForcibly();
    }
    int exit = child.waitFor();
    if (exit == 0 || lines.isEmpty()) {
      throw new IllegalStateException(
          "%s was to be killed in its work; it ended with %d after %d lines"
              .formatted(program.getSimpleName(), exit, lines.size()));
    }
    return lines.stream().filter(line -> line.endsWith(";")).toList();
  }
}
