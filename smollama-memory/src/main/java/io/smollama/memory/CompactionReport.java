package io.smollama.memory;

/**
 * What a compaction did. Immutable.
 *
 * @param summaries how many summaries were written
 * @param covered how many observations they hide
 */
public record CompactionReport(int summaries, int covered) {}
