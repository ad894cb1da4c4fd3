package io.smollama.memory;

/** A question's direction after {@link Whitening}, with what is usual for it. Immutable. */
final class WhitenedQuery {
  /**
   * The deviation, as a share of the direction's length, that is assumed before there are texts to
   * tell it from, and for how many texts that stands.
   */
  private static final double USUAL = 0.1;

  private static final int USUAL_COUNTS = 4;

  private final float[] direction;
  private final double mean;
  private final double deviation;

  private WhitenedQuery(float[] direction, double mean, double deviation) {
    this.direction = direction;
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * Tells what is usual.
   *
   * @param mean of the products with the texts of a sample
   * @param differences of these products from the mean
   */
  static WhitenedQuery of(float[] direction, double mean, double[] differences) {
    double scatter = 0;
    for (float component : direction) {
      scatter += USUAL_COUNTS * USUAL * USUAL * component * component;
    }
    for (double difference : differences) {
      scatter += difference * difference;
    }
    double deviation = Math.sqrt(scatter / (differences.length + USUAL_COUNTS));
    return new WhitenedQuery(direction, mean, deviation);
  }

  /** A copy. */
  float[] direction() {
    return direction.clone();
  }

  /** How near an item is, in standard deviations above the usual, by its stored vector. */
  double nearness(short[] vector) {
    float sum = 0;
    for (int i = 0; i < vector.length; i++) {
      sum += direction[i] * vector[i];
    }
    return nearness(sum / VectorBytes.ONE);
  }

  /** The same by the product of direction and vector. */
  double nearness(double product) {
    return (product - mean) / deviation;
  }

  /** The product that has this nearness. */
  double product(double nearness) {
    return mean + nearness * deviation;
  }

  /** What an error of a product is in standard deviations. */
  double deviations(double error) {
    return error / deviation;
  }
}
