package io.smollama.embeddings;

import io.smollama.core.EmbeddingException;
import java.nio.file.Path;

/** A program of its own for what happens once in a JVM: embeds twice and prints what came. */
final class EmbedTwice {
  private EmbedTwice() {}

  public static void main(String[] arguments) {
    try (OnnxEmbeddings embeddings = new OnnxEmbeddings(Path.of(arguments[0]))) {
      for (int i = 0; i < 2; i++) {
        try {
          System.out.println(embeddings.embed("Door open").dimensions());
        } catch (EmbeddingException e) {
          System.out.println((e.isRetryable() ? "retryable " : "final ") + e.getMessage());
        }
      }
    }
  }
}
