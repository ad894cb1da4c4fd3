package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Point;
import io.smollama.core.ReplicaId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What two replicas say to each other, whatever carries it. Any message may be lost, repeated, late
 * or out of order: each makes sense alone. Immutable.
 */
public sealed interface SyncMessage {
  /** The version of these messages. */
  int VERSION = 2;

  /**
   * Opens an exchange. Immutable.
   *
   * @param versions of these messages that the sender speaks
   * @param replica who it writes as
   * @param name its label, for people
   * @param frontier what it holds
   * @param time its wall clock
   */
  record Hello(
      SortedSet<Integer> versions,
      ReplicaId replica,
      String name,
      Frontier frontier,
      Optional<Instant> time)
      implements SyncMessage {
    public Hello {
      Objects.requireNonNull(replica, "replica");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(frontier, "frontier");
      Objects.requireNonNull(time, "time");
      versions = Collections.unmodifiableSortedSet(new TreeSet<>(versions));
    }

    /** The same, but naming other chains. */
    Hello of(Frontier part) {
      return new Hello(versions, replica, name, part, time);
    }
  }

  /**
   * Answers {@link Hello}. Immutable.
   *
   * @param version the one to go on with
   * @param time the answerer's wall clock
   * @param held what it holds of the chains named in the hello, where that is not the same
   * @param status how the asker's own chains look from here
   * @param credit how many bytes of new entries it takes from this peer for now
   */
  record HelloReply(
      int version, Optional<Instant> time, Frontier held, PeerStatus status, long credit)
      implements SyncMessage {
    public HelloReply {
      Objects.requireNonNull(time, "time");
      Objects.requireNonNull(held, "held");
      Objects.requireNonNull(status, "status");
    }
  }

  /** Brings entries. Immutable. */
  record Push(List<Run> runs) implements SyncMessage {
    public Push {
      runs = List.copyOf(runs);
      requireFew(runs);
    }
  }

  /**
   * Answers {@link Push}, when everything acknowledged is on durable storage. Immutable.
   *
   * @param verdicts one for each run
   * @param held what the answerer now holds of the chains that were pushed
   */
  record PushReply(List<Verdict> verdicts, Frontier held) implements SyncMessage {
    public PushReply {
      Objects.requireNonNull(held, "held");
      verdicts = List.copyOf(verdicts);
    }
  }

  /**
   * Asks for entries. Immutable.
   *
   * @param frontier what the asker holds
   * @param samples further points that it holds of chains that the answerer was in doubt about
   * @param origins whose chains it wants; none means those of all
   * @param streams which streams it wants; none means all
   * @param range of which chains the frontier speaks, and which are asked for
   * @param maxBytes the most bytes that it takes at once
   */
  record Pull(
      Frontier frontier,
      SortedMap<ChainId, SortedSet<Point>> samples,
      SortedSet<ReplicaId> origins,
      Set<Integer> streams,
      ChainRange range,
      int maxBytes)
      implements SyncMessage {
    public Pull {
      Objects.requireNonNull(frontier, "frontier");
      Objects.requireNonNull(range, "range");
      samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
      origins = Collections.unmodifiableSortedSet(new TreeSet<>(origins));
      streams = Set.copyOf(streams);
      if (maxBytes < 1) {
        throw new IllegalArgumentException("A pull takes at least a byte, was " + maxBytes);
      }
    }

    /** A pull of all streams of all origins. */
    Pull(Frontier frontier, SortedMap<ChainId, SortedSet<Point>> samples, int maxBytes) {
      this(frontier, samples, new TreeSet<>(), Set.of(), ChainRange.ALL, maxBytes);
    }

    Pull ofAtMost(int bytes) {
      return new Pull(frontier, samples, origins, streams, range, bytes);
    }

    /** The same, but of these origins only. */
    Pull of(SortedSet<ReplicaId> these) {
      return new Pull(frontier, samples, these, streams, range, maxBytes);
    }
  }

  /**
   * Answers {@link Pull}. Immutable.
   *
   * @param runs what lies above the asker's frontier, as much as fitted
   * @param left how many entries there are behind these, in the chains that were looked at
   * @param doubts what the answerer holds of chains of which the asker has a tip that it lacks: the
   *     asker is ahead there, or the chain has forked, and then samples tell where
   * @param next the first chain that was asked for and not looked at, because there are many; empty
   *     if all were
   */
  record PullReply(List<Run> runs, long left, Frontier doubts, Optional<ChainId> next)
      implements SyncMessage {
    public PullReply {
      Objects.requireNonNull(doubts, "doubts");
      Objects.requireNonNull(next, "next");
      runs = List.copyOf(runs);
      requireFew(runs);
    }

    /** An answer that looked at all chains. */
    PullReply(List<Run> runs, long left, Frontier doubts) {
      this(runs, left, doubts, Optional.empty());
    }

    /** Whether there is more of the chains that were looked at. */
    public boolean more() {
      return left > 0;
    }
  }

  private static void requireFew(List<Run> runs) {
    int entries = runs.stream().mapToInt(run -> run.entries().size()).sum();
    if (entries > Limits.MESSAGE_ENTRIES || runs.size() > Limits.MESSAGE_ENTRIES) {
      throw new IllegalArgumentException(
          "A message has at most %d entries, had %d".formatted(Limits.MESSAGE_ENTRIES, entries));
    }
  }
}
