package io.smollama.embeddings;

import java.nio.file.Path;

/** A program of its own: loads models again and again in a shutdown hook, as one that is ended. */
final class EmbedWhileEnding {
  private EmbedWhileEnding() {}

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    embed(folder);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  for (int i = 0; i < 3; i++) { // other hooks have run by the second
                    embed(folder);
                  }
                  System.out.println("ended in order");
                }));
  }

  private static void embed(Path folder) {
    try (OnnxEmbeddings embeddings = new OnnxEmbeddings(folder)) {
      embeddings.embed("Door open");
    }
  }
}
