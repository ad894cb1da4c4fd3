package io.smollama.readings;

/**
 * What an input turned to. Immutable.
 *
 * @param on what it is since
 * @param at since when, by the steady clock
 * @param doubt why that is not to be trusted; empty if it is
 */
record InputChange(boolean on, long at, String doubt) {}
