package io.smollama.memory;

/**
 * What loading readings did to the history. Immutable.
 *
 * @param added readings that were not there
 * @param replaced readings of a source and millisecond that had another value or unit
 * @param unchanged readings that were there already
 * @param outdone readings in whose place another one was loaded of the same source and millisecond
 *     that has another value or unit and was given later; one that was given more than a hundred
 *     thousand readings later counts as {@code replaced}
 */
public record LoadReport(long added, long replaced, long unchanged, long outdone) {
  static final LoadReport NOTHING = new LoadReport(0, 0, 0, 0);

  LoadReport(long added, long replaced, long unchanged) {
    this(added, replaced, unchanged, 0);
  }

  LoadReport plus(LoadReport other) {
    return new LoadReport(
        added + other.added,
        replaced + other.replaced,
        unchanged + other.unchanged,
        outdone + other.outdone);
  }

  boolean changedNothing() {
    return added == 0 && replaced == 0;
  }

  /** How many readings were given. */
  public long total() {
    return added + replaced + unchanged + outdone;
  }
}
