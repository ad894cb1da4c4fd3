package io.smollama.memory;

import java.util.Arrays;

/**
 * The best so many of all items that are offered. Twice as many are kept before the better half is
 * selected (Hoare, "Algorithm 65: find", 1961), which takes less time than a heap. One thread at a
 * time.
 */
final class BestItems {
  private final int most;
  private final int[] items;
  private final float[] scores;
  private int count;
  private float bar = Float.NEGATIVE_INFINITY;

  BestItems(int most) {
    this.most = most;
    this.items = new int[2 * most];
    this.scores = new float[2 * most];
  }

  /** A score that an item must exceed to be of use: the last of the best, or less. */
  float bar() {
    return bar;
  }

  void offer(int item, float score) {
    if (score > bar) {
      items[count] = item;
      scores[count++] = score;
      if (count == items.length) {
        select();
      }
    }
  }

  void offerAll(BestItems others) {
    for (int i = 0; i < others.count; i++) {
      offer(others.items[i], others.scores[i]);
    }
  }

  /** The score of the last of the best; negative infinity if there are fewer. */
  float least() {
    if (count >= most) {
      select();
    }
    return bar;
  }

  /** The best, in no order. */
  int[] items() {
    if (count > most) {
      select();
    }
    return Arrays.copyOf(items, count);
  }

  /** Moves the best to the front and forgets the others. */
  private void select() {
    int left = 0;
    int right = count - 1;
    while (left < right) {
      float pivot = scores[(left + right) >>> 1];
      int low = left;
      int high = right;
      while (low <= high) {
        while (scores[low] > pivot) {
          low++;
        }
        while (scores[high] < pivot) {
          high--;
        }
        if (low <= high) {
          swap(low++, high--);
        }
      }
      if (most - 1 <= high) {
        right = high;
      } else if (most - 1 >= low) {
        left = low;
      } else {
        break;
      }
    }
    count = most;
    bar = scores[most - 1];
  }

  private void swap(int one, int other) {
    int item = items[one];
    float score = scores[one];
    items[one] = items[other];
    scores[one] = scores[other];
    items[other] = item;
    scores[other] = score;
  }
}
