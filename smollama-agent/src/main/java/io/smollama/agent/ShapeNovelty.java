package io.smollama.agent;

import java.util.OptionalDouble;

/**
 * How far the shape of the newest values lies from any shape that was seen lately: the smallest sum
 * of distances to the values of an earlier stretch of the same length. One thread at a time.
 */
final class ShapeNovelty {
  private static final int LENGTH = 8;
  private static final int BACK = 500;

  /** A power of two, so that an index is a mask and not a division. */
  private static final int SIZE = 512;

  /** Twice behind each other: a stretch never wraps. */
  private final float[] values = new float[2 * SIZE];

  private int next;
  private int count;

  /** The distance to the nearest earlier stretch; empty while there are too few. */
  OptionalDouble residual(float value) {
    values[next] = value;
    values[next + SIZE] = value;
    int newest = next + SIZE;
    next = (next + 1) & (SIZE - 1);
    count = Math.min(count + 1, LENGTH + BACK);
    if (count < 3 * LENGTH) {
      return OptionalDouble.empty();
    }
    float nearest = Float.MAX_VALUE;
    int furthest = Math.min(BACK, count - LENGTH);
    for (int lag = LENGTH; lag <= furthest; lag++) {
      nearest = Math.min(nearest, distance(newest, (newest - lag) & (SIZE - 1), nearest));
    }
    return OptionalDouble.of(nearest);
  }

  /** Given up once it is no nearer than another. */
  private float distance(int newest, int then, float enough) {
    int earlier = then + SIZE;
    float sum = 0;
    for (int back = 0; back < LENGTH && sum < enough; back++) {
      sum += Math.abs(values[newest - back] - values[earlier - back]);
    }
    return sum;
  }
}
