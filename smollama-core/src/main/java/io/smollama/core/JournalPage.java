package io.smollama.core;

import java.util.List;
import java.util.Objects;

/**
 * Entries of a {@link Journal} beyond a frontier. Immutable.
 *
 * @param entries an entry never before the one that it follows; none if there is nothing beyond
 * @param frontier what the caller holds with them, to ask for the next page
 */
public record JournalPage(List<JournalEntry> entries, Frontier frontier) {
  public JournalPage {
    Objects.requireNonNull(frontier, "frontier");
    entries = List.copyOf(entries);
  }

  /** Whether there was nothing beyond. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }
}
