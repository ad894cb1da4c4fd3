package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against vectors that Python made from the same files, with Hugging Face's tokenizer and ONNX
 * Runtime 1.28.0; in thousandths, of length 1. On the processor that made them the cosines are
 * above 0.9999; 8-bit arithmetic differs a little between processors.
 */
class ReferenceVectorsTest {
  private static final double SAME = 0.985;

  @TempDir static Path folder;

  static List<ModelFile> models() {
    return List.of(ModelFile.ALL_MINILM, ModelFile.E5_SMALL);
  }

  @ParameterizedTest
  @MethodSource("models")
  void areTheOnesOfPython(ModelFile model) throws IOException {
    List<String[]> lines = lines(model.model().id());
    assertThat(lines).hasSizeGreaterThan(5);
    try (EmbeddingProvider embeddings = new OnnxEmbeddings(folder, model, Duration.ZERO)) {
      for (String[] line : lines) {
        Embedding ours =
            line[1].equals("query") ? embeddings.embedQuery(line[2]) : embeddings.embed(line[2]);
        assertThat(ours.cosine(vector(line[3])))
            .as("%s of '%s'", line[1], line[2])
            .isGreaterThan(SAME);
      }
    }
  }

  private static Embedding vector(String thousandths) {
    String[] numbers = thousandths.split(" ");
    float[] vector = new float[numbers.length];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = Integer.parseInt(numbers[i]);
    }
    return Embedding.of(vector);
  }

  private static List<String[]> lines(String model) throws IOException {
    try (InputStream in = ReferenceVectorsTest.class.getResourceAsStream("reference-vectors.tsv")) {
      return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
          .map(line -> line.split("\t"))
          .filter(line -> line[0].equals(model))
          .toList();
    }
  }
}
