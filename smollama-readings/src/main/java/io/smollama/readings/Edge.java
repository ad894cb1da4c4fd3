package io.smollama.readings;

/**
 * A change of the level at a pin. Immutable.
 *
 * @param pin which one
 * @param high what it is since
 * @param nanos when, by the steady clock of {@link System#nanoTime}
 */
public record Edge(int pin, boolean high, long nanos) {}
