package io.smollama.memory;

/**
 * How much is remembered. Immutable.
 *
 * @param readings kept readings
 * @param observations kept observations
 * @param memories kept facts
 * @param vectors texts that can be found by meaning
 * @param vectorsMissing texts that still wait for their vector
 */
public record MemoryStats(
    long readings, long observations, long memories, long vectors, long vectorsMissing) {}
