package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.JournalException;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One replica of the log: appends to its own chains, takes in and gives out those of others, and
 * answers peers. It decides; a {@link LogStore} keeps. All that lasts is in the store, so that
 * several processes may each have a replica over one database.
 *
 * <p>Callers may rely on everything that a method returns or acknowledges being on durable storage,
 * on messages doing nothing when they come again, and on no number of a chain being issued anew
 * once a peer was met that holds it: the replica then goes on under a new origin.
 *
 * <p>A {@link JournalException} says that the store failed; a peer is told {@link Verdict.Busy}
 * instead if it can try again. One thread at a time.
 */
public final class Replica {
  private static final int ATTEMPTS = 64;

  private final LogStore store;
  private final String nodeName;
  private final Succession succession;

  /**
   * An origin that a peer knows more of than is held here, until the store has taken a successor.
   * Siblings share it: whichever met the peer, none of them writes on under that origin.
   */
  private final AtomicReference<Optional<ReplicaId>> lost;

  /**
   * A replica over a store.
   *
   * @param nodeName a label for people
   * @param freshIds where the origins of later incarnations come from, never the same twice
   */
  public Replica(LogStore store, String nodeName, Supplier<ReplicaId> freshIds) {
    this(
        store,
        nodeName,
        new Succession(nodeName, freshIds),
        new AtomicReference<>(Optional.empty()));
  }

  private Replica(
      LogStore store,
      String nodeName,
      Succession succession,
      AtomicReference<Optional<ReplicaId>> lost) {
    this.store = store;
    this.nodeName = nodeName;
    this.succession = succession;
    this.lost = lost;
  }

  /** The same replica for another thread: it knows what this one knows. */
  Replica sibling() {
    return new Replica(store, nodeName, succession, lost);
  }

  /** Who writes now. */
  public Self self() {
    return store.self();
  }

  /** What is held. */
  public Frontier frontier() {
    return Frontiers.of(store.chains());
  }

  /**
   * Writes the next entries of this replica's own chain of a stream, all or none. Truncations are
   * not written here but declared by {@link #truncate}.
   */
  public List<Entry> append(int stream, List<NewEntry> entries, Stamp now) {
    return append(Draft.all(stream, entries), now);
  }

  /** As {@link #append}, for several streams in one commit; the entries in the same order. */
  List<Entry> append(List<Draft> drafts, Stamp now) {
    if (drafts.isEmpty()) {
      return List.of();
    }
    succeedIfDue(now);
    return Minting.entries(
        commit(self -> Minting.appending(this, self, self.origin(), drafts, now)));
  }

  /**
   * Declares that the entries of one of this replica's own chains before one may be gone,
   * everywhere, and drops them here.
   *
   * @param stream {@link ChainId#READINGS} or {@link ChainId#ROLLUPS}
   * @param keepFrom the first sequence number that stays; at most that of the chain's head
   * @return false if there is nothing to drop, or the chain has forked
   */
  public boolean truncate(int stream, long keepFrom, Stamp now) {
    if (!TruncationMark.isCuttable(stream)) {
      throw new IllegalArgumentException("Stream " + stream + " is never truncated");
    }
    succeedIfDue(now);
    Change done = commit(self -> Truncation.declared(store, self, stream, keepFrom, now));
    return !done.isEmpty();
  }

  /**
   * Drops what the origin of a chain has declared as truncated.
   *
   * @return false if nothing more is to be dropped
   */
  public boolean drop(ChainId chain) {
    return !commit(self -> Truncation.dropped(store, self, chain)).isEmpty();
  }

  /** Says what is held, to open an exchange. */
  public Hello hello(Stamp now) {
    return new Hello(
        new TreeSet<>(List.of(SyncMessage.VERSION)),
        self().origin(),
        nodeName,
        frontier(),
        now.wall());
  }

  /** As {@link #exchange(SyncScope, long)}, taking all that the peer holds. */
  public Exchange exchange(long credit) {
    return exchange(SyncScope.ALL, credit);
  }

  /**
   * A dialogue with a peer in which this replica asks.
   *
   * @param credit how many bytes of new entries to take from the peer, at most
   */
  public Exchange exchange(SyncScope scope, long credit) {
    return new Exchange(this, scope, credit);
  }

  /**
   * Answers a peer.
   *
   * @param credit how many bytes of new entries to take from it, now
   */
  public HelloReply answer(Hello hello, long credit, Stamp now) {
    return new Handshake(store).answer(hello, now.wall(), credit);
  }

  /**
   * Takes in what a peer pushes; the answer acknowledges what is on durable storage by then.
   *
   * @param credit how many bytes of new entries to take from it
   */
  public PushReply answer(Push push, long credit, Stamp now) {
    List<Verdict> verdicts = takeIn(push.runs(), credit, now);
    return new PushReply(verdicts, supply().held(push.runs()));
  }

  /** Gives a peer what lies above its frontier, as much as a message holds. */
  public PullReply answer(Pull pull) {
    return supply().answer(pull);
  }

  /** Takes in runs that came by other ways than a push: pulled, or from a file. */
  public List<Verdict> takeIn(List<Run> runs, long credit, Stamp now) {
    return new Intake(store, succession).accept(runs, credit, now);
  }

  /** What it gives a peer. */
  Supply supply() {
    return new Supply(store);
  }

  /** All chains as they are now. */
  SortedMap<ChainId, ChainState> chains() {
    return store.chains();
  }

  /** The chain as it is now. */
  ChainMap map(ChainId chain) {
    return new ChainMap(store, store.chain(chain));
  }

  /**
   * Begins a new incarnation if a peer holds of this replica's origin what it does not hold itself.
   */
  void notice(Frontier peer, Stamp now) {
    ReplicaId origin = self().origin();
    boolean ahead =
        peer.chains().entrySet().stream()
            .filter(held -> held.getKey().origin().equals(origin))
            .anyMatch(held -> map(held.getKey()).lacks(held.getValue()));
    if (ahead) {
      lost.set(Optional.of(origin));
      succeedIfDue(now);
    }
  }

  /** A full disk may have kept a successor from being born; nothing is written before it is. */
  void succeedIfDue(Stamp now) {
    Optional<ReplicaId> due = lost.get();
    if (due.isPresent()) {
      ReplicaId origin = due.get();
      commit(
          self ->
              self.origin().equals(origin)
                  ? succession.of(self, Continuity.Break.PEER_AHEAD, now)
                  : Change.of(self, self.lamport(), List.of()));
      lost.compareAndSet(due, Optional.empty());
    }
  }

  Change commit(Function<Self, Change> decision) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Change change = decision.apply(store.self());
      if (change.isEmpty() || store.commit(change)) {
        return change;
      }
    }
    throw new JournalException(nodeName, "other writers keep this log busy; try again", true);
  }
}
