package io.smollama.sync;

import io.smollama.core.ReplicaId;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code replica.json} remembers of a replica apart from its database. Immutable.
 *
 * @param replica the current incarnation
 * @param incarnation counts the incarnations, from 1
 * @param boot counts the times that this incarnation was opened, from 1
 * @param fingerprint the machine that it ran on
 * @param leases of each stream that it wrote, where the head lies
 */
record ReplicaState(
    ReplicaId replica,
    long incarnation,
    long boot,
    String fingerprint,
    SortedMap<Integer, Lease> leases) {

  /**
   * Numbers per lease, at least. Each costs one more small file, two fsyncs, per so many entries.
   */
  static final int LEASE = 100;

  /** Who writes many at once does not stop for the file each time. */
  private static final int BATCHES = 4;

  /**
   * The promise that the head of a stream lies from {@code from} to {@code to}, both included.
   * {@code from} was on durable storage when the promise was written, and no number above {@code
   * to} is used before a new promise is on durable storage. A clean close writes the exact head as
   * both.
   */
  record Lease(long from, long to) {
    static final Lease NONE = new Lease(0, 0);

    boolean holds(long head) {
      return from <= head && head <= to;
    }

    boolean isClosed() {
      return from == to;
    }
  }

  ReplicaState {
    leases = Collections.unmodifiableSortedMap(new TreeMap<>(leases));
  }

  Lease lease(int stream) {
    return leases.getOrDefault(stream, Lease.NONE);
  }

  /** A session that begins with these heads: a lease for each of its streams. */
  static ReplicaState starting(
      ReplicaId replica,
      long incarnation,
      long boot,
      String fingerprint,
      Map<Integer, Long> heads) {
    return new ReplicaState(replica, incarnation, boot, fingerprint, leases(heads, LEASE));
  }

  /** This state with a lease for numbers of a stream up to {@code last} and some more. */
  ReplicaState leasing(int stream, long head, long last) {
    TreeMap<Integer, Lease> changed = new TreeMap<>(leases);
    long ahead = Math.max(LEASE, BATCHES * (last - head));
    changed.put(stream, new Lease(head, last + ahead));
    return new ReplicaState(replica, incarnation, boot, fingerprint, changed);
  }

  /** This state after a clean close: each lease is exactly the head. */
  ReplicaState closedAt(Map<Integer, Long> heads) {
    return new ReplicaState(replica, incarnation, boot, fingerprint, leases(heads, 0));
  }

  private static SortedMap<Integer, Lease> leases(Map<Integer, Long> heads, int ahead) {
    TreeMap<Integer, Lease> leases = new TreeMap<>();
    heads.forEach((stream, head) -> leases.put(stream, new Lease(head, head + ahead)));
    return leases;
  }

  /** Whether the last session ended with a clean close. */
  boolean isClosed() {
    return leases.values().stream().allMatch(Lease::isClosed);
  }
}
