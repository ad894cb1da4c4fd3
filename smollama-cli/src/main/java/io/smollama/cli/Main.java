package io.smollama.cli;

import io.smollama.core.SmollamaException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * The entry point: parses, runs, and turns every failure into one line and an exit code.
 * Thread-safe.
 */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(
        run(
            System.getenv(),
            Path.of(System.getProperty("user.home")),
            Path.of(""),
            Terminal.standard(),
            err,
            arguments));
  }

  static int run(
      Map<String, String> environment,
      Path userHome,
      Path workingFolder,
      Terminal terminal,
      PrintStream err,
      String... arguments) {
    List<String> words = List.of(arguments);
    // Known before parsing, because parsing may log. A single command only complains.
    Logging.choose(words.contains("-v") || words.contains("--verbose"), words.contains("run"));
    SmollamaCommand program = new SmollamaCommand(environment, userHome, workingFolder, terminal);
    CommandLine line = new CommandLine(program);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> failed(failure, program.verbose(), err));
    if (arguments.length == 0) {
      line.usage(line.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    return line.execute(arguments);
  }

  private static int failed(Exception failure, boolean verbose, PrintStream err) {
    boolean expected =
        failure instanceof UserError
            || failure instanceof SmollamaException
            || failure instanceof IllegalArgumentException
            || failure instanceof UncheckedIOException;
    String message =
        expected
            ? String.valueOf(failure.getMessage())
            : "unexpected failure, please report it: " + failure;
    err.println("smollama: " + message.replaceAll("\\s*\\R\\s*", " "));
    if (verbose) {
      failure.printStackTrace(err);
    } else if (!expected) {
      err.println("smollama: run the same command with -v to see where it came from");
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
