package io.smollama.sync;

import io.smollama.core.ReplicaId;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides whether a database may go on writing under its replica id.
 *
 * <p>Two memories are compared: {@code replica.json}, which is renewed at every open, at every
 * clean close and before a lease runs out, and the database. They are of one piece when they name
 * the same replica, the database was opened last in the same boot as the file, or in the one after
 * it if the power went between the two (the database is written first), and each stream's head lies
 * within its lease. After a clean close a lease is exactly the head, so any other database is
 * noticed. After a crash the head may be anywhere from what was durable when the lease was written
 * to the last number of the lease. A backup made within the same boot that lies inside that range
 * is not noticed here; peers notice it when they meet. Leases are short to keep the range small.
 */
final class Continuity {
  private Continuity() {}

  /** Why a replica begins anew. The words are part of the genesis payload. */
  enum Break {
    FIRST_START("first-start", "This is the first start"),
    DATABASE_MISSING("database-missing", "replica.json is there but its journal is not"),
    REPLICA_FILE_MISSING("replica-file-missing", "The journal was found without its replica.json"),
    FILES_DISAGREE("files-disagree", "The journal and replica.json are not of the same node"),
    DATABASE_REWOUND("database-rewound", "The journal is older than when this node last ran"),
    REPLICA_FILE_REWOUND("replica-file-rewound", "replica.json is older than the journal"),
    HARDWARE_CHANGED("hardware-changed", "The journal was last written on another machine"),
    PEER_AHEAD("peer-ahead", "Another node holds entries of this one that it does not hold itself"),
    ASKED_FOR("asked-for", "Somebody asked for a new identity");

    private final String word;
    private final String sentence;

    Break(String word, String sentence) {
      this.word = word;
      this.sentence = sentence;
    }

    /** What was found, for a person. */
    String sentence() {
      return sentence;
    }

    String word() {
      return word;
    }

    /** The one of this word; empty if this version does not know it. */
    static Optional<Break> of(String word) {
      return Arrays.stream(values()).filter(known -> known.word.equals(word)).findFirst();
    }
  }

  /**
   * What the database remembers.
   *
   * @param heads the last sequence number of each stream that the replica wrote
   */
  record Held(ReplicaId replica, long boot, Map<Integer, Long> heads) {}

  /** Why the replica cannot go on; empty if it can. */
  static Optional<Break> check(
      Optional<ReplicaState> file, Optional<Held> database, String fingerprint) {
    if (file.isEmpty()) {
      return Optional.of(database.isEmpty() ? Break.FIRST_START : Break.REPLICA_FILE_MISSING);
    }
    if (database.isEmpty()) {
      return Optional.of(Break.DATABASE_MISSING);
    }
    return check(file.get(), database.get())
        .or(
            () ->
                HardwareFingerprint.differ(file.get().fingerprint(), fingerprint)
                    ? Optional.of(Break.HARDWARE_CHANGED)
                    : Optional.empty());
  }

  private static Optional<Break> check(ReplicaState file, Held database) {
    if (!file.replica().equals(database.replica())) {
      return Optional.of(Break.FILES_DISAGREE);
    }
    if (database.boot() < file.boot()) {
      return Optional.of(Break.DATABASE_REWOUND);
    }
    if (database.boot() > file.boot() + 1) {
      return Optional.of(Break.REPLICA_FILE_REWOUND);
    }
    TreeSet<Integer> streams = new TreeSet<>(file.leases().keySet());
    streams.addAll(database.heads().keySet());
    for (int stream : streams) {
      long head = database.heads().getOrDefault(stream, 0L);
      if (!file.lease(stream).holds(head)) {
        return Optional.of(
            head < file.lease(stream).from() ? Break.DATABASE_REWOUND : Break.REPLICA_FILE_REWOUND);
      }
    }
    return Optional.empty();
  }
}
