package io.smollama.memory;

import java.util.List;

/**
 * The answer to a {@link RecallQuery}. Immutable.
 *
 * @param hits best first
 * @param byMeaning false if there was no embedder, so that only words were compared
 */
public record RecallResult(List<RecallHit> hits, boolean byMeaning) {
  public RecallResult {
    hits = List.copyOf(hits);
  }
}
