package io.smollama.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.smollama.core.EmbeddingProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * How well cosines order pairs of sentences as people do: Spearman's correlation on the test part
 * of STS-B, {@code stsb/sts-test.csv} of the yardsticks. The full all-MiniLM-L6-v2 has 82.0 there.
 *
 * @see <a href="https://aclanthology.org/S17-2001">SemEval-2017 Task 1, Cer et al. 2017</a>
 */
@EnabledIfEnvironmentVariable(
    named = "SMOLLAMA_TEST_DATA",
    matches = ".+",
    disabledReason = "SMOLLAMA_TEST_DATA names no folder of yardsticks")
class SentenceSimilarityYardstickTest {
  @TempDir Path folder;

  @Test
  void miniLmOrdersPairsAsPeopleDo() throws IOException {
    assertThat(spearman(new OnnxEmbeddings(folder))).isBetween(81.0, 83.0);
  }

  @Test
  void e5AndThePairDoNotFallFarBehind() throws IOException {
    assertThat(spearman(new OnnxEmbeddings(folder, ModelFile.E5_SMALL, Duration.ZERO)))
        .isGreaterThan(78);
    assertThat(spearman(PairedEmbeddings.miniLmAndE5(folder, Duration.ZERO))).isGreaterThan(80);
  }

  private static double spearman(EmbeddingProvider provider) throws IOException {
    Path file = Path.of(System.getenv("SMOLLAMA_TEST_DATA"), "stsb/sts-test.csv");
    assumeThat(file).as("STS-B is not among the yardsticks").exists();
    List<String[]> pairs =
        Files.readAllLines(file).stream()
            .map(line -> line.split("\t"))
            .filter(columns -> columns.length >= 7)
            .toList();
    assertThat(pairs).hasSize(1379);
    double[] people = new double[pairs.size()];
    double[] cosines = new double[pairs.size()];
    try (provider) {
      for (int i = 0; i < people.length; i++) {
        people[i] = Double.parseDouble(pairs.get(i)[4]);
        cosines[i] = provider.embed(pairs.get(i)[5]).cosine(provider.embed(pairs.get(i)[6]));
      }
    }
    double correlation = 100 * pearson(ranks(people), ranks(cosines));
    System.out.printf("STS-B %s: Spearman %.1f%n", provider.model().id(), correlation);
    return correlation;
  }

  /** From 0; equal values share the mean of their ranks. */
  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ranks = new double[values.length];
    for (int from = 0, to = 0; from < order.length; from = to) {
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
    }
    return ranks;
  }

  private static double pearson(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
