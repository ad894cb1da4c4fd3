package io.smollama.memory;

import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import io.smollama.core.TimeCertainty;
import java.time.Instant;
import java.util.List;
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
 * @param ref the caller's own name for it; empty if it has none
 * @param sources the sources that it is about
 * @param validFrom since when it holds; empty for always
 * @param validTo until when it holds, exclusive; empty for ever
 * @param hiddenFrom since when it is retracted or summed up; empty if it is shown, 1970 if nobody
 *     knows
 * @param score how well it answers, 0 to 1; comparable within one recall only: what is usual for a
 *     query is told from a sample of 256 texts, taken at the first recall of a process and again
 *     when the memory has grown by a quarter, so another process may give the same text a little
 *     more or less. The share of the query's words that it or its neighbours have, rare ones
 *     counting more, with additions for nearness of meaning and length
 * @param cosine nearness of meaning, -1 to 1; 0 if it was not compared
 * @param why by what it was found
 * @param timeCertainty how well the time is known
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
    String ref,
    List<SourceId> sources,
    Optional<Instant> validFrom,
    Optional<Instant> validTo,
    Optional<Instant> hiddenFrom,
    double score,
    double cosine,
    Why why,
    TimeCertainty timeCertainty) {

  public RecallHit {
    sources = List.copyOf(sources);
  }

  /** Whether it is true at a time and not retracted or summed up. */
  public boolean holds(Instant time) {
    return hiddenFrom.isEmpty()
        && validFrom.map(from -> !time.isBefore(from)).orElse(true)
        && validTo.map(time::isBefore).orElse(true);
  }

  /** By what something was found. */
  public enum Why {
    /** It shares words with the query; by meaning it is no nearer than most. */
    TEXT,
    /** It shares no word, but it is nearer in meaning than what was left out. */
    MEANING,
    /** Words and meaning. */
    BOTH,
    /** Nothing was asked; it is recent. */
    LATEST
  }
}
