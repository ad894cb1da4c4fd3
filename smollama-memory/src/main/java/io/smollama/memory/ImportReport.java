package io.smollama.memory;

/**
 * What became of lines that were imported. Immutable.
 *
 * @param added observations and facts that are new
 * @param confirmed facts that were known in the same words and are now said once more
 * @param known observations and facts that had arrived before
 * @param readings readings that are new
 * @param knownReadings readings that had arrived before
 */
public record ImportReport(
    long added, long confirmed, long known, long readings, long knownReadings) {

  /** Nothing. */
  public static final ImportReport NOTHING = new ImportReport(0, 0, 0, 0, 0);

  /** Both together. */
  public ImportReport plus(ImportReport more) {
    return new ImportReport(
        added + more.added,
        confirmed + more.confirmed,
        known + more.known,
        readings + more.readings,
        knownReadings + more.knownReadings);
  }
}
