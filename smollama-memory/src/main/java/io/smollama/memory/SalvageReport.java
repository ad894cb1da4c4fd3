package io.smollama.memory;

import java.util.List;
import java.util.Map;

/**
 * What came of a damaged file. Immutable.
 *
 * @param rows how many rows of each table were carried over
 * @param losses where reading stopped, a line for each place; empty if everything was read
 */
public record SalvageReport(Map<String, Long> rows, List<String> losses) {
  public SalvageReport {
    rows = Map.copyOf(rows);
    losses = List.copyOf(losses);
  }
}
