package io.smollama.embeddings;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints how long embedding takes here and how much memory it needs. Give it a folder; the first
 * run in a new folder includes the unpacking. Give it a second argument to stop after the first
 * embedding.
 */
final class EmbeddingBenchmark {
  private static final String SHORT = "CPU temperature is unusually high today";
  private static final String LONG = (SHORT + ", said the node in the kitchen. ").repeat(8);

  private EmbeddingBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    long start = System.nanoTime();
    try (OnnxEmbeddings embeddings = new OnnxEmbeddings(Path.of(arguments[0]))) {
      embeddings.embed(SHORT);
      out.printf(Locale.ROOT, "first embedding %.0f ms%n", (System.nanoTime() - start) / 1e6);
      for (String text : arguments.length > 1 ? new String[0] : new String[] {SHORT, LONG}) {
        int pieces = new WordPieceTokenizer(OnnxModel.vocabulary()).encode(text).length;
        out.printf(Locale.ROOT, "%d pieces %.2f ms%n", pieces, millis(embeddings, text));
      }
      Files.lines(Path.of("/proc/self/status"))
          .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
          .forEach(out::println);
    }
  }

  private static double millis(OnnxEmbeddings embeddings, String text) {
    for (int i = 0; i < 200; i++) {
      embeddings.embed(text);
    }
    long start = System.nanoTime();
    for (int i = 0; i < 300; i++) {
      embeddings.embed(text);
    }
    return (System.nanoTime() - start) / 300e6;
  }
}
