package io.smollama.memory;

/**
 * What loading readings did to the history. Immutable.
 *
 * @param added readings that were not there
 * @param replaced readings of a source and millisecond that had another value or unit
 * @param unchanged readings that were there already
 */
public record LoadReport(long added, long replaced, long unchanged) {
  static final LoadReport NOTHING = new LoadReport(0, 0, 0);

  LoadReport plus(LoadReport other) {
    return new LoadReport(
        added + other.added, replaced + other.replaced, unchanged + other.unchanged);
  }

  boolean changedNothing() {
    return added == 0 && replaced == 0;
  }

  /** How many readings were given. */
  public long total() {
    return added + replaced + unchanged;
  }
}
