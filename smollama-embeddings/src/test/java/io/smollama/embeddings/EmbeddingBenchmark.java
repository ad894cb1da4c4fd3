package io.smollama.embeddings;

import io.smollama.core.EmbeddingProvider;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Prints how long embedding takes here and how much memory it needs, with the model and after it
 * was let go. Give it a folder and {@code minilm}, {@code e5} or {@code minilm+e5}; the first run
 * in a new folder includes the unpacking.
 */
final class EmbeddingBenchmark {
  private static final String SHORT = "CPU temperature is unusually high today";
  private static final String LONG = (SHORT + ", said the node in the kitchen. ").repeat(7);

  private EmbeddingBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    print(out, "before");
    try (EmbeddingProvider embeddings = provider(arguments[1], Path.of(arguments[0]))) {
      long start = System.nanoTime();
      embeddings.embed(SHORT);
      out.printf(Locale.ROOT, "first embedding %.0f ms%n", (System.nanoTime() - start) / 1e6);
      print(out, "after the first");
      WordPieceTokenizer tokenizer =
          new WordPieceTokenizer(OnnxModel.vocabulary(ModelFile.ALL_MINILM), 256);
      for (String text : new String[] {SHORT, LONG}) {
        int pieces = tokenizer.encode(text).length;
        out.printf(Locale.ROOT, "%d pieces %.2f ms%n", pieces, millis(embeddings, text));
      }
      print(out, "at work");
    }
    System.gc();
    print(out, "let go");
  }

  private static EmbeddingProvider provider(String name, Path folder) {
    return switch (name) {
      case "minilm" -> new OnnxEmbeddings(folder);
      case "e5" -> new OnnxEmbeddings(folder, ModelFile.E5_SMALL, Duration.ZERO);
      case "minilm+e5" -> PairedEmbeddings.miniLmAndE5(folder, Duration.ZERO);
      default -> throw new IllegalArgumentException(name + " is not minilm, e5 or minilm+e5");
    };
  }

  private static void print(PrintStream out, String when) throws IOException {
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .forEach(line -> out.println(when + " " + line.replaceAll("\\s+", " ")));
  }

  private static double millis(EmbeddingProvider embeddings, String text) {
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
