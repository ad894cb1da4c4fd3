package io.smollama.readings;

/**
 * Chance that is a function of a seed and a place, so that the same seed always tells the same
 * story, wherever one begins to read: even values, and smooth ones that wander between them.
 * Immutable.
 */
record SmoothNoise(long seed) {

  /** Another noise, independent of this one. */
  SmoothNoise of(String name) {
    return new SmoothNoise(mixed(seed, name.hashCode()));
  }

  /** An even value from 0 to below 1. */
  double even(long place) {
    return (mixed(seed, place) >>> 11) * 0x1.0p-53;
  }

  /** A value from -1 to 1 that wanders, about once to and fro in two steps of its place. */
  double wandering(double place) {
    long left = (long) Math.floor(place);
    double part = place - left;
    double smooth = part * part * (3 - 2 * part);
    return 2 * (even(left) * (1 - smooth) + even(left + 1) * smooth) - 1;
  }

  /** About normal, with a deviation of 1. */
  double bell(long place) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += even(place * 4 + i);
    }
    return (sum - 2) * Math.sqrt(3);
  }

  /** Steele, Lea and Flood's SplitMix64. */
  private static long mixed(long seed, long place) {
    long z = seed + place * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
