package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.smollama.core.Embedding;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorSketchTest {
  /** Vectors around a common direction, some near to it and some far, as those of sentences are. */
  private static short[][] vectors(int count, int dimensions, Random random) {
    float[] common = direction(dimensions, random);
    short[][] vectors = new short[count][];
    for (int i = 0; i < count; i++) {
      float[] own = direction(dimensions, random);
      float share = 0.3f + random.nextFloat();
      for (int j = 0; j < dimensions; j++) {
        own[j] = common[j] + share * own[j];
      }
      vectors[i] = VectorBytes.fixed(Embedding.of(own));
    }
    return vectors;
  }

  private static float[] direction(int dimensions, Random random) {
    float[] components = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      components[i] = (float) random.nextGaussian();
    }
    return Embedding.of(components).toArray();
  }

  private static float[] mean(short[][] vectors) {
    float[] mean = new float[vectors[0].length];
    for (short[] vector : vectors) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += (float) vector[i] / vectors.length;
      }
    }
    return mean;
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 100, 384, 768})
  void tellsACosineAsWellAsItClaims(int dimensions) {
    Random random = new Random(dimensions);
    short[][] vectors = vectors(500, dimensions, random);
    float[] mean = mean(vectors);
    VectorIndex index = new VectorIndex(dimensions);
    for (int i = 0; i < vectors.length; i++) {
      index.put(i, VectorSketch.of(vectors[i], mean));
    }
    int missed = 0;
    double errors = 0;
    double squares = 0;
    for (int i = 0; i < 100; i++) {
      QuerySketch query = QuerySketch.ofVector(vectors[i], mean);
      for (int j = 100; j < vectors.length; j++) {
        double error = index.product(query, j) - VectorBytes.cosine(vectors[i], vectors[j]);
        missed += Math.abs(error) > index.doubt(query, j) ? 1 : 0;
        errors += error;
        squares += error * error / Math.pow(index.doubt(query, j) / 3, 2);
      }
    }
    assertThat(missed / 40_000.0).isLessThan(0.01);
    assertThat(errors / 40_000).as("bias").isCloseTo(0, within(0.005));
    assertThat(Math.sqrt(squares / 40_000)).as("deviations").isBetween(0.7, 1.3);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 384})
  void tellsTheProductWithAnyDirection(int dimensions) {
    Random random = new Random(dimensions);
    short[][] vectors = vectors(500, dimensions, random);
    float[] mean = mean(vectors);
    float[] direction = direction(dimensions, random);
    QuerySketch query = QuerySketch.ofDirection(direction, mean);
    VectorIndex index = new VectorIndex(dimensions);
    int missed = 0;
    for (int i = 0; i < vectors.length; i++) {
      index.put(i, VectorSketch.of(vectors[i], mean));
      float[] unit = VectorBytes.unit(vectors[i]);
      double product = 0;
      for (int j = 0; j < dimensions; j++) {
        product += direction[j] * unit[j];
      }
      missed += Math.abs(index.product(query, i) - product) > index.doubt(query, i) ? 1 : 0;
    }
    assertThat(missed).isLessThan(10);
  }

  @Test
  void isExactlyTheCosineOfAVectorToItself() {
    Random random = new Random(3);
    short[][] vectors = vectors(50, 384, random);
    float[] mean = mean(vectors);
    VectorIndex index = new VectorIndex(384);
    for (int i = 0; i < vectors.length; i++) {
      index.put(i, VectorSketch.of(vectors[i], mean));
      assertThat((double) index.product(QuerySketch.ofVector(vectors[i], mean), i))
          .isCloseTo(1, within(0.02)); // codes of lengths are rounded
    }
  }

  @Test
  void standsForAVectorAtTheMeanAsWell() {
    short[] vector = vectors(1, 384, new Random(4))[0];
    VectorIndex index = new VectorIndex(384);
    float[] mean = mean(new short[][] {vector});
    index.put(7, VectorSketch.of(vector, mean));
    assertThat((double) index.product(QuerySketch.ofVector(vector, mean), 7))
        .isCloseTo(1, within(0.02));
  }

  @Test
  void fixedPointKeepsTheCosine() {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      Embedding one = Embedding.of(direction(384, random));
      Embedding other = Embedding.of(direction(384, random));
      double cosine = VectorBytes.cosine(VectorBytes.fixed(one), VectorBytes.fixed(other));
      assertThat(cosine).isCloseTo(one.cosine(other), within(0.0001));
      short[] fixed = VectorBytes.fixed(one);
      assertThat(VectorBytes.read(VectorBytes.of(fixed))).isEqualTo(fixed);
    }
  }
}
