package io.smollama.embeddings;

import io.smollama.core.EmbeddingProvider;
import io.smollama.testkit.EmbeddingProviderContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class OnnxEmbeddingsContractTest {
  @TempDir static Path folder;

  @Nested
  class OfAllMiniLm extends EmbeddingProviderContract {
    @Override
    protected EmbeddingProvider open() {
      return new OnnxEmbeddings(folder);
    }
  }

  @Nested
  class OfE5Small extends EmbeddingProviderContract {
    @Override
    protected EmbeddingProvider open() {
      return new OnnxEmbeddings(folder, ModelFile.E5_SMALL, OnnxEmbeddings.UNLOAD_AFTER);
    }
  }

  @Nested
  class OfBoth extends EmbeddingProviderContract {
    @Override
    protected EmbeddingProvider open() {
      return PairedEmbeddings.miniLmAndE5(folder, OnnxEmbeddings.UNLOAD_AFTER);
    }
  }
}
