package io.smollama.memory;

/**
 * How much is remembered. Immutable.
 *
 * @param readings kept readings
 * @param observations kept observations, hidden ones included
 * @param memories kept facts, inactive and past ones included
 * @param vectors texts that can be found by meaning
 * @param vectorsMissing texts that still wait for their vector
 * @param hidden observations that are retracted or summed up
 * @param inactive facts that are retracted
 */
public record MemoryStats(
    long readings,
    long observations,
    long memories,
    long vectors,
    long vectorsMissing,
    long hidden,
    long inactive) {}
