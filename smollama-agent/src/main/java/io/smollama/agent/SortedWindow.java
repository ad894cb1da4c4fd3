package io.smollama.agent;

import java.util.Arrays;

/** The newest values of a source, sorted; the oldest goes when it is full. One thread at a time. */
final class SortedWindow {
  private final float[] inOrder;
  private final float[] sorted;
  private int size;
  private int next;

  SortedWindow(int capacity) {
    this.inOrder = new float[capacity];
    this.sorted = new float[capacity];
  }

  void take(float value) {
    if (size == sorted.length) {
      int oldest = place(inOrder[next]);
      System.arraycopy(sorted, oldest + 1, sorted, oldest, size - oldest - 1);
      size--;
    }
    int place = place(value);
    System.arraycopy(sorted, place, sorted, place + 1, size - place);
    sorted[place] = value;
    size++;
    inOrder[next] = value;
    next = (next + 1) % sorted.length;
  }

  /** The distance to the nearest value; 0 if there is none. */
  double distance(float value) {
    int place = place(value);
    double nearest = size == 0 ? 0 : Double.MAX_VALUE;
    if (place < size) {
      nearest = Math.min(nearest, (double) sorted[place] - value);
    }
    if (place > 0) {
      nearest = Math.min(nearest, (double) value - sorted[place - 1]);
    }
    return nearest;
  }

  /** The value that this share of all lie below; of a window that is not empty. */
  double at(double share) {
    return sorted[(int) Math.round(share * (size - 1))];
  }

  /** Where a value stands or would stand. */
  private int place(float value) {
    int found = Arrays.binarySearch(sorted, 0, size, value);
    return found < 0 ? -found - 1 : found;
  }
}
