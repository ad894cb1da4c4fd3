package io.smollama.sync;

import io.smollama.core.Point;

/** Where entries stand. */
final class Points {
  private Points() {}

  static Point of(Entry entry) {
    return new Point(entry.header().seq(), entry.id());
  }

  /** What an entry says it follows. */
  static Point before(Entry entry) {
    return new Point(entry.header().seq() - 1, entry.header().prev());
  }
}
