package io.smollama.memory;

import io.smollama.core.Reading;

/**
 * What a source said in five minutes, as it goes from node to node.
 *
 * @param start when the window begins, in ms since 1970
 * @param sums what its numbers did
 * @param last the last reading of it, as it was
 */
record SharedWindow(long start, Rollup sums, Reading last) {}
