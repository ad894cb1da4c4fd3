package io.smollama.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where answers go: standard output, in UTF-8 whatever the terminal claims. Thread-safe. */
final class Terminal {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a terminal would obey instead of show. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\n\t]]");

  private final PrintStream out;
  private final InputStream in;

  Terminal(PrintStream out, InputStream in) {
    this.out = out;
    this.in = in;
  }

  /** One where nobody types. */
  Terminal(PrintStream out) {
    this(out, InputStream.nullInputStream());
  }

  static Terminal standard() {
    return new Terminal(new PrintStream(System.out, true, StandardCharsets.UTF_8), System.in);
  }

  /** Whether a person looks on. Newer Java has a console also where there is none. */
  static boolean isWatched() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true; // before Java 22 there is a console only on a terminal
    }
  }

  /** What somebody types or pipes in. */
  InputStream input() {
    return in;
  }

  /** Where a file goes that somebody pipes on, as it is. */
  PrintStream output() {
    return out;
  }

  /** Whether something could not be written: a full disk, a pipe that nobody reads. */
  boolean isBroken() {
    return out.checkError();
  }

  void line(String text) {
    out.println(CONTROL.matcher(text).replaceAll("\uFFFD"));
  }

  /** A piece of a line, seen at once. */
  void piece(String text) {
    out.print(CONTROL.matcher(text).replaceAll("\uFFFD"));
    out.flush();
  }

  /** A document on one line. */
  void jsonLine(JsonNode document) {
    out.println(document);
  }

  void json(JsonNode document) {
    try {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree is always JSON", e);
    }
  }
}
