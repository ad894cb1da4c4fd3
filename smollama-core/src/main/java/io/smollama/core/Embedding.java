package io.smollama.core;

import java.util.Arrays;

/**
 * A text as a point on the unit sphere: texts of like meaning lie close together. Only embeddings
 * of one {@link EmbeddingModel} can be compared. Immutable.
 */
public final class Embedding {
  private final float[] unit;

  private Embedding(float[] unit) {
    this.unit = unit;
  }

  /**
   * Scales a vector to length 1.
   *
   * @param vector one or more finite components, not all zero; copied
   */
  public static Embedding of(float[] vector) {
    double squares = 0;
    for (float component : vector) {
      squares += (double) component * component;
    }
    if (!(squares > 0) || Double.isInfinite(squares)) {
      throw new IllegalArgumentException(
          "An embedding needs finite components that are not all zero, had "
              + vector.length
              + " with squared length "
              + squares);
    }
    float[] unit = new float[vector.length];
    double scale = 1 / Math.sqrt(squares);
    for (int i = 0; i < unit.length; i++) {
      unit[i] = (float) (vector[i] * scale);
    }
    return new Embedding(unit);
  }

  /** The number of components. */
  public int dimensions() {
    return unit.length;
  }

  /** A copy of the components; their squares sum to 1. */
  public float[] toArray() {
    return unit.clone();
  }

  /**
   * The cosine of the angle to another embedding of the same model: 1 same direction, 0 unrelated.
   *
   * @throws IllegalArgumentException if the dimensions differ
   */
  public double cosine(Embedding other) {
    if (other.unit.length != unit.length) {
      throw new IllegalArgumentException(
          "Embeddings of %d and %d dimensions cannot be compared"
              .formatted(unit.length, other.unit.length));
    }
    double dot = 0;
    for (int i = 0; i < unit.length; i++) {
      dot += (double) unit[i] * other.unit[i];
    }
    return dot;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(unit, that.unit);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(unit);
  }

  @Override
  public String toString() {
    return "Embedding[" + unit.length + " dimensions]";
  }
}
