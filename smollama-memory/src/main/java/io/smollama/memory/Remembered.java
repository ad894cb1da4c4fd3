package io.smollama.memory;

/**
 * What became of a fact that was stated. Immutable.
 *
 * @param memory the fact as it stands now
 * @param confirmed whether it was known already and is now said once more
 */
public record Remembered(Memory memory, boolean confirmed) {}
