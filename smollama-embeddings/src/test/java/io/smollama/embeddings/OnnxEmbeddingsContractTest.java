package io.smollama.embeddings;

import io.smollama.core.EmbeddingProvider;
import io.smollama.testkit.EmbeddingProviderContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class OnnxEmbeddingsContractTest extends EmbeddingProviderContract {
  @TempDir static Path folder;

  @Override
  protected EmbeddingProvider open() {
    return new OnnxEmbeddings(folder);
  }
}
