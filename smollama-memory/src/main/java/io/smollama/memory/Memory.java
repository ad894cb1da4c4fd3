package io.smollama.memory;

import io.smollama.core.EntryId;
import java.time.Instant;
import java.util.Optional;

/**
 * A fact that stays. Immutable.
 *
 * @param id the journal entry that first stated it
 * @param fact the fact
 * @param confidence 0 to 1; grows with each confirmation
 * @param timesConfirmed how often it was said, the first time included
 * @param time when it was first said; empty if the node had no clock
 * @param node the name of the node where it was first said
 * @param provenance who said it first
 */
public record Memory(
    EntryId id,
    String fact,
    double confidence,
    int timesConfirmed,
    Optional<Instant> time,
    String node,
    Provenance provenance) {}
