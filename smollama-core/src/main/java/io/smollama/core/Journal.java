package io.smollama.core;

import java.util.List;

/**
 * The append-only record of what a node knows; observations and memories are views of it.
 *
 * <p>Implementations number each chain from 1 without gaps, give rising Lamport timestamps along a
 * chain, keep payload bytes as they came, and have an entry on durable storage before {@link
 * #append} returns. They throw {@link JournalException} when storage fails.
 *
 * <p>Callers may rely on {@link #above} giving the entries of each chain in the order of their
 * sequence numbers, without a gap after the frontier that they named. Thread-safe.
 */
public interface Journal extends AutoCloseable {

  /**
   * Writes the next entry of this replica's own chain of a stream.
   *
   * @param stream one of the constants of {@link ChainId}
   * @param type matches {@link JournalEntry#TYPE}
   * @param payload JSON text, at most {@link JournalEntry#MAX_PAYLOAD_BYTES} bytes in UTF-8
   * @return the entry as stored
   */
  JournalEntry append(int stream, String type, String payload);

  /** What is held now. */
  Frontier frontier();

  /**
   * Entries beyond a frontier, chain by chain.
   *
   * @param known what the caller has already; chains that it does not name are read from their
   *     start
   * @param limit the most entries to return, at least 1
   * @return empty if there is nothing beyond
   */
  List<JournalEntry> above(Frontier known, int limit);

  /** Lets go of the storage. Calling it again does nothing. */
  @Override
  void close();
}
