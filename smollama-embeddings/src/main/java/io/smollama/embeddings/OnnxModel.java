package io.smollama.embeddings;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingException;
import java.io.IOException;
import java.net.URL;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The loaded network with its tokenizer: text in, mean of the token vectors out. Thread-safe, but
 * for {@link #close}.
 */
final class OnnxModel implements AutoCloseable {
  private final ModelFile file;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieceTokenizer tokenizer;

  private OnnxModel(
      ModelFile file,
      OrtEnvironment environment,
      OrtSession session,
      WordPieceTokenizer tokenizer) {
    this.file = file;
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
  }

  static OnnxModel load(Path folder, ModelFile file) {
    PackedFile packed = new PackedFile(resource(file, file.network()), file.sha256());
    OrtEnvironment environment = NativeRuntime.environment(folder);
    Path network =
        UnpackedFolder.unpack(
                folder,
                file.model().id(),
                file.sha256().substring(0, 12),
                Map.of(file.network(), packed))
            .resolve(file.network());
    WordPieceTokenizer tokenizer = new WordPieceTokenizer(vocabulary(file), file.maxPieces());
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      tune(options);
      // From the file and not from a byte array: that would hold the model twice while it loads.
      OrtSession session = environment.createSession(network.toString(), options);
      return new OnnxModel(file, environment, session, tokenizer);
    } catch (OrtException e) {
      throw new EmbeddingException(
          network.toString(), "is no model that loads: " + e.getMessage(), false, e);
    }
  }

  static Vocabulary vocabulary(ModelFile file) {
    URL resource = resource(file, file.tokenizer());
    try {
      return Vocabulary.read(resource);
    } catch (IOException e) {
      throw new EmbeddingException(
          resource.toString(), "cannot be read: " + e.getMessage(), false, e);
    }
  }

  private static URL resource(ModelFile file, String name) {
    URL resource = OnnxModel.class.getResource("/" + name);
    if (resource == null) {
      throw new EmbeddingException(
          name,
          "is not on the class path; add the dependency %s to your build"
              .formatted(file.artifact()),
          false);
    }
    return resource;
  }

  /** For many short texts, far apart, beside other work: little memory and no busy waiting. */
  private static void tune(OrtSession.SessionOptions options) throws OrtException {
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.addConfigEntry("session.intra_op.allow_spinning", "0");
    options.addConfigEntry("session.inter_op.allow_spinning", "0");
    options.setCPUArenaAllocator(false);
    options.setMemoryPatternOptimization(false);
  }

  /**
   * One text per run. Several together take 20 to 40 % less time when they are short, but the 8-bit
   * arithmetic scales over the whole batch, so that a vector then depends on its neighbours (cosine
   * 0.99 to the same text alone).
   */
  Embedding embed(String text) {
    long[] ids = tokenizer.encode(text);
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor pieces = row(ids);
        OnnxTensor mask = row(ones);
        OnnxTensor segments = row(new long[ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", pieces, "attention_mask", mask, "token_type_ids", segments))) {
      return Embedding.of(mean(((OnnxTensor) result.get(0)).getFloatBuffer()));
    } catch (OrtException e) {
      throw new EmbeddingException(file.model().id(), "does not run: " + e.getMessage(), true, e);
    }
  }

  private OnnxTensor row(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  /** Over all pieces: one text at a time has no padding that a mask would have to leave out. */
  private float[] mean(FloatBuffer tokens) {
    float[] sum = new float[file.model().dimensions()];
    float[] piece = new float[sum.length];
    int count = tokens.remaining() / sum.length;
    for (int i = 0; i < count; i++) {
      tokens.get(piece);
      for (int j = 0; j < sum.length; j++) {
        sum[j] += piece[j] / count;
      }
    }
    return sum;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new EmbeddingException(
          file.model().id(), "does not close: " + e.getMessage(), false, e);
    }
  }
}
