package io.smollama.memory;

import java.util.List;

/**
 * The answer to a {@link RecallQuery}. Immutable.
 *
 * @param hits best first
 * @param byMeaning false if there was no embedder, so that only words were compared
 * @param uncompared texts that have no vector yet, so that they were found by words only
 */
public record RecallResult(List<RecallHit> hits, boolean byMeaning, int uncompared) {
  public RecallResult {
    hits = List.copyOf(hits);
  }
}
