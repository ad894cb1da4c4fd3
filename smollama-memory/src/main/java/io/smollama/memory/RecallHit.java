package io.smollama.memory;

import io.smollama.core.EntryId;
import java.time.Instant;
import java.util.Optional;

/**
 * Something recalled. Immutable.
 *
 * @param id the journal entry that recorded it
 * @param kind observation or memory
 * @param type what kind of observation; {@code "fact"} for a memory
 * @param text the observation or the fact
 * @param confidence 0 to 1
 * @param timesConfirmed how often a fact was said; 1 for an observation
 * @param time when it was recorded; empty if the node had no clock
 * @param node the node that recorded it
 * @param score how well it answers, 0 to 1; comparable within one recall only
 * @param cosine nearness of meaning, -1 to 1; 0 if it was not compared
 * @param why by what it was found
 */
public record RecallHit(
    EntryId id,
    KnowledgeKind kind,
    String type,
    String text,
    double confidence,
    int timesConfirmed,
    Optional<Instant> time,
    String node,
    double score,
    double cosine,
    Why why) {

  /** By what something was found. */
  public enum Why {
    /** It shares words with the query. */
    TEXT,
    /** It is near in meaning. */
    MEANING,
    /** Words and meaning. */
    BOTH,
    /** Nothing was asked; it is recent. */
    LATEST
  }
}
