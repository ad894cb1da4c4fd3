package io.smollama.examples;

import io.smollama.core.EmbeddingProvider;
import io.smollama.embeddings.OnnxEmbeddings;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import java.nio.file.Path;
import java.time.InstantSource;

/** The memory alone, in a program that is no node: one file, found by meaning. */
public final class EmbeddedMemory {
  private EmbeddedMemory() {}

  /**
   * Remembers two facts and asks for one in other words.
   *
   * @param arguments a folder for the memory and the unpacked model
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments.length == 1 ? arguments[0] : "target/embedded-memory");
    System.out.println(recall(folder, "is it damp downstairs"));
  }

  static String recall(Path folder, String question) {
    try (EmbeddingProvider embedder = new OnnxEmbeddings(folder.resolve("unpacked"));
        MemoryStore store =
            MemoryStore.open(folder.resolve("house.sqlite"), embedder, InstantSource.system())) {
      store.remember(NewMemory.of("The cellar floods when it rains for two days"));
      store.remember(NewMemory.of("The bins go out on Monday evening"));
      return store.recall(RecallQuery.of(question, 1)).hits().stream()
          .map(RecallHit::text)
          .findFirst()
          .orElse("nothing");
    }
  }
}
