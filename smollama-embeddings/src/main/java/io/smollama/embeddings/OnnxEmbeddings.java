package io.smollama.embeddings;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EmbeddingProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Embeds with a sentence model on ONNX Runtime, in this process.
 *
 * <p>The first call unpacks the model and the runtime's native libraries into the folder, once, and
 * loads them; later starts find them there, and replace what was damaged. A model that nobody used
 * for a while is let go, and loaded again at the next call. A text runs on its caller's thread and
 * on one core, and {@link #embedAll} takes one text after the other: how many cores embed is how
 * many threads call. At most as many texts run at once as there are processors, so that memory
 * stays within bounds; other callers wait for milliseconds. A vector does not depend on what runs
 * beside it, nor on the thread.
 *
 * <p>What lies beyond {@link ModelFile#maxPieces} is cut; 256 word pieces are some 150 to 200
 * words. An {@link EmbeddingException} names the missing artifact, or the folder, file or platform
 * at fault. It is not retryable where ONNX Runtime has no library for the processor (32-bit ARM) or
 * the library does not load; the object stays usable and every call then fails the same way. {@link
 * #close} waits for the texts that run, never for a batch; after it calls are refused with {@link
 * IllegalStateException}.
 *
 * <p>On Linux with glibc the memory of a model that was let go returns to the system only if the
 * process was started with {@code MALLOC_MMAP_THRESHOLD_=131072} in its environment; otherwise the
 * process keeps most of it for the next load.
 *
 * <p>ONNX Runtime makes one empty folder in {@code java.io.tmpdir} when it loads, and removes it
 * when the JVM ends. A node that may write nowhere else starts Java with that property set.
 *
 * <p>The models: <a href="https://arxiv.org/abs/1908.10084">Sentence-BERT, Reimers and Gurevych
 * 2019</a>; <a href="https://arxiv.org/abs/2212.03533">E5, Wang et al. 2022</a>. Thread-safe.
 */
public final class OnnxEmbeddings implements EmbeddingProvider {
  /** How long a model is kept that nobody uses, where nothing else is said: ten minutes. */
  public static final Duration UNLOAD_AFTER = Duration.ofMinutes(10);

  private final ModelFile file;
  private final OnDemand<OnnxModel> model;

  /**
   * Embeds with {@link ModelFile#ALL_MINILM}.
   *
   * @param folder where the model and the native libraries are kept; made when absent. Several
   *     nodes of one user may share it.
   */
  public OnnxEmbeddings(Path folder) {
    this(folder, ModelFile.ALL_MINILM, UNLOAD_AFTER);
  }

  /**
   * Embeds with any model.
   *
   * @param folder where the model and the native libraries are kept; made when absent. Several
   *     nodes of one user, and several models, may share it.
   * @param unloadAfter how long a model is kept that nobody uses, at most twice that; zero keeps it
   */
  public OnnxEmbeddings(Path folder, ModelFile file, Duration unloadAfter) {
    this(folder, file, unloadAfter, OnnxEmbeddings::runAfter);
  }

  OnnxEmbeddings(Path folder, ModelFile file, Duration unloadAfter, OnDemand.Timer timer) {
    this.file = file;
    this.model =
        new OnDemand<>(
            () -> OnnxModel.load(folder, file),
            Runtime.getRuntime().availableProcessors(),
            unloadAfter,
            timer);
  }

  /** On the JDK's own timer, a daemon thread that all of its users share. */
  private static void runAfter(Duration delay, Runnable task) {
    CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS).execute(task);
  }

  @Override
  public EmbeddingModel model() {
    return file.model();
  }

  @Override
  public Embedding embed(String text) {
    return model.use(loaded -> loaded.embed(file.textPrefix() + text));
  }

  @Override
  public Embedding embedQuery(String question) {
    return model.use(loaded -> loaded.embed(file.queryPrefix() + question));
  }

  @Override
  public void close() {
    model.close();
  }
}
