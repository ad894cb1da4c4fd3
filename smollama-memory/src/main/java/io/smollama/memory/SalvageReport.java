package io.smollama.memory;

import java.util.List;
import java.util.Map;

/**
 * What came of a damaged file. Immutable.
 *
 * @param rows how many rows of each table were carried over
 * @param losses where reading stopped, and the rows that were left out because what is in them
 *     cannot be read, a line for each; empty if everything was read
 * @param faults what SQLite finds wrong with the structure of the damaged file; where there are no
 *     losses it lay in nothing that lasts
 */
public record SalvageReport(Map<String, Long> rows, List<String> losses, List<String> faults) {
  public SalvageReport {
    rows = Map.copyOf(rows);
    losses = List.copyOf(losses);
    faults = List.copyOf(faults);
  }
}
