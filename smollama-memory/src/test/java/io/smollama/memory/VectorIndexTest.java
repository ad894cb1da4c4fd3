package io.smollama.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.Embedding;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorIndexTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64, 100, 384, 768})
  void sumsTheComponentsWhereTheSignIsPositive(int dimensions) {
    Random random = new Random(dimensions);
    short[] query = vector(dimensions, random);
    VectorIndex index = new VectorIndex(new float[dimensions]);
    SignSum sum = new SignSum(query, (dimensions + 63) / 64);
    for (int i = 0; i < 50; i++) {
      short[] other = vector(dimensions, random);
      long expected = 0;
      for (int component = 0; component < dimensions; component++) {
        expected += other[component] > 0 ? query[component] : 0;
      }
      assertThat((double) sum.of(index.signs(other), 0))
          .isCloseTo(expected, org.assertj.core.data.Offset.offset(1.0));
    }
  }

  @Test
  void fixedPointKeepsTheCosine() {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      Embedding one = embedding(384, random);
      Embedding other = embedding(384, random);
      double cosine = VectorBytes.cosine(VectorBytes.fixed(one), VectorBytes.fixed(other));
      assertThat(cosine).isCloseTo(one.cosine(other), org.assertj.core.data.Offset.offset(0.0001));
      short[] fixed = VectorBytes.fixed(one);
      assertThat(VectorBytes.read(VectorBytes.of(fixed))).isEqualTo(fixed);
    }
  }

  private static short[] vector(int dimensions, Random random) {
    return VectorBytes.fixed(embedding(dimensions, random));
  }

  private static Embedding embedding(int dimensions, Random random) {
    float[] components = new float[dimensions];
    for (int i = 0; i < dimensions; i++) {
      components[i] = (float) random.nextGaussian();
    }
    return Embedding.of(components);
  }
}
