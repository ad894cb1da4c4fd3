package io.smollama.cli;

import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/** Asks a person whether something is meant. */
final class Confirmation {
  private static final int LONGEST = 10;

  private Confirmation() {}

  /**
   * Asks on standard error, and reads a line.
   *
   * @throws UserError unless the answer is yes
   */
  static void require(CommandSpec spec, Terminal terminal, String question) {
    spec.commandLine().getErr().print(question + " Sure? [y/N] ");
    spec.commandLine().getErr().flush();
    String answer = answer(terminal);
    if (answer.isEmpty()) {
      spec.commandLine().getErr().println();
    }
    if (!answer.toLowerCase(Locale.ROOT).matches("y|yes")) {
      throw new UserError("Nothing was changed; --yes does not ask");
    }
  }

  private static String answer(Terminal terminal) {
    try {
      StringBuilder typed = new StringBuilder();
      int c = terminal.input().read();
      while (c >= 0 && c != '\n' && typed.length() < LONGEST) {
        typed.append((char) c);
        c = terminal.input().read();
      }
      return typed.toString().strip();
    } catch (IOException e) {
      return "";
    }
  }
}
