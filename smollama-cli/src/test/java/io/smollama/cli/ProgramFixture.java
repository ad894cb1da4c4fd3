package io.smollama.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program in this process, on a fresh state folder, without Ollama and embeddings. */
abstract class ProgramFixture {
  @TempDir Path folder;
  final Map<String, String> environment = new HashMap<>();

  /** What the next run finds on its standard input. */
  String typed = "";

  /** What the last run printed. */
  String out = "";

  /** What the last run complained of. */
  String err = "";

  @BeforeEach
  void useAFreshStateFolder() {
    useStateFolder("state");
    environment.put("SMOLLAMA_MEMORY_EMBEDDING_PROVIDER", "none");
    environment.put("SMOLLAMA_OLLAMA_BASE_URL", "http://127.0.0.1:1");
  }

  void useStateFolder(String name) {
    environment.put("SMOLLAMA_HOME", folder.resolve(name).toString());
  }

  /** Gives the exit code. */
  int run(String... arguments) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    int code =
        Main.run(
            environment,
            folder,
            folder,
            new Terminal(
                new PrintStream(told, true, StandardCharsets.UTF_8),
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8))),
            new PrintStream(complained, true, StandardCharsets.UTF_8),
            arguments);
    out = told.toString(StandardCharsets.UTF_8);
    err = complained.toString(StandardCharsets.UTF_8);
    return code;
  }
}
