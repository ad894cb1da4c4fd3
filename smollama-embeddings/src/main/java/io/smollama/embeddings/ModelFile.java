package io.smollama.embeddings;

import io.smollama.core.EmbeddingModel;
import java.util.regex.Pattern;

/**
 * A sentence model as an artifact brings it: a BERT network in ONNX form that gives one vector for
 * each word piece, of which the mean is taken, and an uncased WordPiece vocabulary.
 *
 * <p>Both files are resources at the root of the class path. {@link #ALL_MINILM} and {@link
 * #E5_SMALL} are known here and brought by artifacts of their own; any other model of this kind can
 * be described by hand. Immutable.
 *
 * @param model the id, the dimensions and the threshold of one fact; {@code <id>.onnx} and {@code
 *     <id>-tokenizer.json} are the names of the resources
 * @param sha256 of the network, 64 lower-case hexadecimal digits; another file is refused, since
 *     its vectors would not be those of the model
 * @param maxPieces how many word pieces the model reads, its two marks included; at least 3
 * @param textPrefix what the model expects in front of a stored text, mostly nothing
 * @param queryPrefix what the model expects in front of a question, mostly nothing
 * @param artifact what brings the resources, {@code group:artifact}; named when they are missing
 */
public record ModelFile(
    EmbeddingModel model,
    String sha256,
    int maxPieces,
    String textPrefix,
    String queryPrefix,
    String artifact) {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** all-MiniLM-L6-v2, 8-bit: the smallest and fastest, best where no word is shared; 23 MB. */
  public static final ModelFile ALL_MINILM =
      new ModelFile(
          new EmbeddingModel("all-minilm-l6-v2-q", 384, 0.98),
          "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
          256,
          "",
          "",
          "io.smollama:smollama-model-all-minilm");

  /** e5-small-v2, 8-bit: best on conversations, half as fast; 34 MB. */
  public static final ModelFile E5_SMALL =
      new ModelFile(
          new EmbeddingModel("e5-small-v2-q", 384, 0.985),
          "7d9092cb25f2bd1c023b7e8d2aa459044a02030ac880e5a59fdaf27af69f1ded",
          512,
          "passage: ",
          "query: ",
          "io.smollama:smollama-model-e5-small");

  public ModelFile {
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "A SHA-256 has 64 lower-case hexadecimal digits, was '" + sha256 + "'");
    }
    if (maxPieces < 3) {
      throw new IllegalArgumentException(
          "A model reads at least one piece between its two marks, was " + maxPieces);
    }
  }

  String network() {
    return model.id() + ".onnx";
  }

  String tokenizer() {
    return model.id() + "-tokenizer.json";
  }
}
