package io.smollama.core;

import java.util.List;

/**
 * The append-only record of what a node knows; observations and memories are views of it.
 *
 * <p>Implementations number each chain from 1 without gaps, give rising Lamport timestamps along a
 * chain, keep payload bytes as they came, and have an entry on durable storage before {@link
 * #appendAll} returns. They throw {@link JournalException} when storage fails.
 *
 * <p>A chain may have forked, where two machines wrote under one origin; all its lines are kept.
 * Callers may rely on {@link #above} giving an entry never before the one that it follows, and,
 * page by page from the frontier of the page before, every entry of every line exactly once, in
 * whatever order they came and wherever a later fork leaves a line. Thread-safe.
 */
public interface Journal extends AutoCloseable {

  /**
   * Writes the next entries of this replica's own chain of a stream: all of them, in one commit, or
   * none.
   *
   * @param stream one of the constants of {@link ChainId}
   * @param entries what to write, in this order; none does nothing
   * @return the entries as stored
   */
  List<JournalEntry> appendAll(int stream, List<NewEntry> entries);

  /** Writes one entry, as {@link #appendAll} does, and returns it as stored. */
  default JournalEntry append(int stream, String type, String payload) {
    return appendAll(stream, List.of(new NewEntry(type, payload))).get(0);
  }

  /**
   * The replica under whose name entries are appended now. It may be another later: a journal that
   * turns out to be a copy goes on under a new name.
   */
  ReplicaId origin();

  /** What is held now. */
  Frontier frontier();

  /**
   * Entries beyond a frontier, chain by chain.
   *
   * @param known what the caller has already; chains that it does not name are read from their
   *     start, and tips that are not held here stand for nothing but themselves
   * @param limit the most entries to return, at least 1
   * @return full pages until nothing is left beyond, then one without an entry
   */
  JournalPage above(Frontier known, int limit);

  /** Lets go of the storage. Calling it again does nothing. */
  @Override
  void close();
}
