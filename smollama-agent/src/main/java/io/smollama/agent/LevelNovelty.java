package io.smollama.agent;

import java.util.Arrays;

/**
 * How far a value lies from any that was seen lately: the newest values, sorted. One thread at a
 * time.
 */
final class LevelNovelty {
  private static final int REMEMBERED = 4_000;

  private final float[] inOrder = new float[REMEMBERED];
  private final float[] sorted = new float[REMEMBERED];
  private int size;
  private int next;

  /** The distance to the nearest value before; 0 if there was none. Takes the value in. */
  double residual(float value) {
    int place = place(value);
    double nearest = size == 0 ? 0 : Double.MAX_VALUE;
    if (place < size) {
      nearest = Math.min(nearest, (double) sorted[place] - value);
    }
    if (place > 0) {
      nearest = Math.min(nearest, (double) value - sorted[place - 1]);
    }
    take(value);
    return nearest;
  }

  private void take(float value) {
    if (size == REMEMBERED) {
      int oldest = place(inOrder[next]);
      System.arraycopy(sorted, oldest + 1, sorted, oldest, size - oldest - 1);
      size--;
    }
    int place = place(value);
    System.arraycopy(sorted, place, sorted, place + 1, size - place);
    sorted[place] = value;
    size++;
    inOrder[next] = value;
    next = (next + 1) % REMEMBERED;
  }

  /** Where a value stands or would stand. */
  private int place(float value) {
    int found = Arrays.binarySearch(sorted, 0, size, value);
    return found < 0 ? -found - 1 : found;
  }
}
