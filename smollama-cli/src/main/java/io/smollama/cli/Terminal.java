package io.smollama.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where answers go: standard output, in UTF-8 whatever the terminal claims. Thread-safe. */
final class Terminal {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a terminal would obey instead of show. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\n\t]]");

  private final WatchedOutput watched;
  private final PrintStream out;
  private final InputStream in;

  Terminal(OutputStream out, InputStream in) {
    this.watched = new WatchedOutput(out);
    this.out = new PrintStream(watched, true, StandardCharsets.UTF_8);
    this.in = in;
  }

  /** One where nobody types. */
  Terminal(PrintStream out) {
    this(out, InputStream.nullInputStream());
  }

  static Terminal standard() {
    return new Terminal(new FileOutputStream(FileDescriptor.out), System.in);
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

  /** Whether something was lost that should have been written. */
  boolean hasLost() {
    out.flush();
    return watched.hasLost();
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
