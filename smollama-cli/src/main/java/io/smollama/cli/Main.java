package io.smollama.cli;

import io.smollama.core.FileFailure;
import io.smollama.core.SmollamaException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The entry point: parses, runs, and turns every failure into one line and an exit code.
 * Thread-safe.
 */
public final class Main {
  /** What a terminal would obey instead of show. */
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

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
    Logging.choose(
        words.contains("-v") || words.contains("--verbose"),
        words.contains("run") || words.contains("llama"));
    SmollamaCommand program = new SmollamaCommand(environment, userHome, workingFolder, terminal);
    CommandLine line = new CommandLine(program);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> failed(failure, command, program.verbose(), err));
    line.setParameterExceptionHandler((wrong, typed) -> wrongUsage(wrong, err));
    if (arguments.length == 0) {
      line.usage(line.getErr());
      return CommandLine.ExitCode.USAGE;
    }
    int code = line.execute(arguments);
    if (code == 0 && terminal.hasLost()) {
      err.println("smollama: not all of the output could be written");
      return CommandLine.ExitCode.SOFTWARE;
    }
    return code;
  }

  /** One line and where to read on; a command that only has others shows them. */
  private static int wrongUsage(ParameterException wrong, PrintStream err) {
    CommandLine command = wrong.getCommandLine();
    if (!(command.getCommand() instanceof Callable)
        && !(wrong instanceof UnmatchedArgumentException)) {
      err.println("smollama: " + oneLine(wrong.getMessage()));
      command.usage(err);
      return CommandLine.ExitCode.USAGE;
    }
    String instead =
        wrong instanceof UnmatchedArgumentException unmatched
            ? NearestName.hint(unmatched.getUnmatched().get(0), unmatched.getSuggestions())
            : "";
    tell(wrong.getMessage() + instead, command, err);
    return CommandLine.ExitCode.USAGE;
  }

  private static void tell(String wrong, CommandLine command, PrintStream err) {
    err.println(
        "smollama: %s (see '%s --help')"
            .formatted(oneLine(wrong), command.getCommandSpec().qualifiedName()));
  }

  private static String oneLine(String message) {
    return CONTROL.matcher(message.replaceAll("\\s*\\R\\s*", " ")).replaceAll("\uFFFD");
  }

  private static int failed(
      Exception failure, CommandLine command, boolean verbose, PrintStream err) {
    boolean expected =
        failure instanceof UserError
            || failure instanceof SmollamaException
            || failure instanceof IllegalArgumentException
            || failure instanceof UncheckedIOException;
    boolean usage = failure instanceof UserError error && error.isUsage();
    if (usage) {
      tell(failure.getMessage(), command, err);
    } else {
      err.println("smollama: " + oneLine(expected ? reason(failure) : unexpected(failure)));
    }
    if (verbose) {
      failure.printStackTrace(err);
    } else if (!expected) {
      err.println("smollama: run the same command with -v to see where it came from");
    }
    return usage ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  private static String reason(Exception failure) {
    return failure instanceof UncheckedIOException io
        ? FileFailure.reason(io.getCause())
        : String.valueOf(failure.getMessage());
  }

  private static String unexpected(Exception failure) {
    return "unexpected failure, please report it: " + failure;
  }
}
