package io.smollama.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class EmbeddingTest {

  @Test
  void hasLengthOne() {
    assertThat(Embedding.of(new float[] {3, 4}).toArray()).containsExactly(0.6f, 0.8f);
  }

  @Test
  void cosineIsTheAngle() {
    Embedding east = Embedding.of(new float[] {2, 0});
    assertThat(east.cosine(Embedding.of(new float[] {1, 1}))).isCloseTo(0.7071, within(1e-4));
    assertThat(east.cosine(Embedding.of(new float[] {0, 5}))).isZero();
  }

  @Test
  void refusesWhatHasNoDirection() {
    assertThatThrownBy(() -> Embedding.of(new float[3])).hasMessageContaining("not all zero");
    assertThatThrownBy(() -> Embedding.of(new float[] {Float.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesToCompareDifferentDimensions() {
    assertThatThrownBy(() -> Embedding.of(new float[] {1}).cosine(Embedding.of(new float[] {1, 2})))
        .hasMessageContaining("1 and 2 dimensions");
  }
}
