package io.smollama.embeddings;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Embeds with all-MiniLM-L6-v2 (English, 8-bit weights) on ONNX Runtime, in this process.
 *
 * <p>The first call unpacks the model and the runtime's native libraries into the folder, once, and
 * loads them (about 45 MB of disk, 100 MB of memory outside the Java heap); later starts find them
 * there. One text runs at a time, on the caller's thread, so that an embedding never takes more
 * than one core from the rest of the node; other callers wait for milliseconds.
 *
 * <p>Vectors have 384 components; what lies beyond 256 word pieces (some 150 to 200 words) is cut.
 * An {@link EmbeddingException} names the folder, file or platform at fault. It is not retryable
 * where ONNX Runtime has no library for the processor (32-bit ARM) or the library does not load;
 * the object stays usable and every call then fails the same way. After {@link #close} calls are
 * refused with {@link IllegalStateException}.
 *
 * <p>ONNX Runtime makes one empty folder in {@code java.io.tmpdir} when it loads, and removes it
 * when the JVM ends. A node that may write nowhere else starts Java with that property set.
 *
 * <p>The model: <a href="https://arxiv.org/abs/1908.10084">Sentence-BERT, Reimers and Gurevych
 * 2019</a>. Thread-safe.
 */
public final class OnnxEmbeddings implements EmbeddingProvider {
  private static final EmbeddingModel MODEL =
      new EmbeddingModel(OnnxModel.NAME, OnnxModel.DIMENSIONS, 0.93);

  private final Path folder;
  private @Nullable OnnxModel loaded;
  private boolean closed;

  /**
   * @param folder where the model and the native libraries are kept; made when absent. Several
   *     nodes of one user may share it.
   */
  public OnnxEmbeddings(Path folder) {
    this.folder = folder;
  }

  @Override
  public EmbeddingModel model() {
    return MODEL;
  }

  @Override
  public synchronized Embedding embed(String text) {
    if (closed) {
      throw new IllegalStateException("These embeddings are closed");
    }
    if (loaded == null) {
      loaded = OnnxModel.load(folder);
    }
    return loaded.embed(text);
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (loaded != null) {
      loaded.close();
      loaded = null;
    }
  }
}
