package io.smollama.agent;

/** How far a value lies from any that was seen lately. One thread at a time. */
final class LevelNovelty {
  private static final int REMEMBERED = 4_000;

  private final SortedWindow seen = new SortedWindow(REMEMBERED);

  /** The distance to the nearest value before; 0 if there was none. Takes the value in. */
  double residual(float value) {
    double distance = seen.distance(value);
    seen.take(value);
    return distance;
  }
}
