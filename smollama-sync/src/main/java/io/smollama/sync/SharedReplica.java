package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.NewEntry;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A {@link Replica} that threads share: while some append, others take in what peers push, answer
 * pulls and drive exchanges.
 *
 * <p>Who locks what: nobody holds a lock while deciding. Each call, and each {@link Exchange}, is a
 * replica of its own over the same store; they decide side by side, and the store's compare-and-set
 * settles whose decision counts, whereupon the other decides anew. So a slow peer or a long read
 * keeps no writer waiting. The locks there are: threads that append at the same time wait for the
 * one of them who commits for all, and a store lets one thread write at a time and all read beside
 * it. None is held when listeners are called. That a peer was met which holds more of this origin
 * than is held here is known to all at once: none of them writes on under that origin.
 *
 * <p>Everything that is returned or acknowledged is on durable storage. A {@link
 * io.smollama.core.JournalException} says that the store failed. Thread-safe.
 */
public final class SharedReplica {
  private final ObservedLogStore store;
  private final Replica replica;
  private final Succession succession;
  private final Supplier<Stamp> clock;
  private final GroupCommit<List<Draft>, List<Entry>> appends = new GroupCommit<>(this::write);

  /**
   * A replica over a store that is thread-safe, as all are.
   *
   * @param nodeName a label for people
   * @param freshIds where the origins of later incarnations come from, never the same twice; any
   *     thread calls it
   * @param clock the time now; any thread calls it
   */
  public SharedReplica(
      LogStore store, String nodeName, Supplier<ReplicaId> freshIds, Supplier<Stamp> clock) {
    this.store = new ObservedLogStore(store);
    this.replica = new Replica(this.store, nodeName, freshIds);
    this.succession = new Succession(nodeName, freshIds);
    this.clock = clock;
  }

  /** One for a piece of work of the thread that asks; see {@link Replica#sibling}. */
  Replica own() {
    return replica.sibling();
  }

  /** What is held, for views of it. */
  LogStore store() {
    return store;
  }

  /** The time now, as an {@link Exchange} wants to be told it. */
  public Stamp now() {
    return clock.get();
  }

  /** Who writes now. */
  public Self self() {
    return own().self();
  }

  /** Under which identity it writes, and since when and why. */
  public Incarnation incarnation() {
    return Genesis.read(store, store.self());
  }

  /**
   * Goes on under a new origin, and gives it. All that was written stays, and stays that of the
   * origins before; nothing more is written under them.
   */
  public Incarnation beginAnew() {
    Change change;
    do {
      change = succession.of(store.self(), Continuity.Break.ASKED_FOR, now());
    } while (!store.commit(change)); // somebody else wrote first, so it goes on
    return incarnation();
  }

  /** What is held. */
  public Frontier frontier() {
    return own().frontier();
  }

  /** How many entries are held. */
  public long size() {
    return own().chains().values().stream().mapToLong(ChainState::size).sum();
  }

  /**
   * Reads everything that is held and hashes it anew, while others go on writing; takes a while on
   * a large log.
   */
  public VerifyReport verify() {
    return new LogVerifier(store).verify();
  }

  /** Writes the next entries of the own chain of a stream, see {@link Replica#append}. */
  public List<Entry> append(int stream, List<NewEntry> entries) {
    List<Draft> drafts = Draft.all(stream, entries);
    return drafts.isEmpty() ? List.of() : appends.submit(drafts);
  }

  /** One commit for what several threads append; each gets its own entries back. */
  private List<List<Entry>> write(List<List<Draft>> batches) {
    List<Draft> all = batches.stream().flatMap(List::stream).toList();
    List<Entry> written = own().append(all, now());
    List<List<Entry>> each = new ArrayList<>();
    int from = 0;
    for (List<Draft> batch : batches) {
      each.add(written.subList(from, from + batch.size()));
      from += batch.size();
    }
    return each;
  }

  /** Declares a truncation and cuts, see {@link Replica#truncate}. */
  public boolean truncate(int stream, long keepFrom) {
    return own().truncate(stream, keepFrom, now());
  }

  /** Drops what the origin of a chain has declared as truncated, see {@link Replica#drop}. */
  public boolean drop(ChainId chain) {
    return own().drop(chain);
  }

  /**
   * A dialogue with a peer in which this replica asks. One thread drives it; others go on
   * meanwhile.
   *
   * @param credit how many bytes of new entries to take from the peer, at most
   */
  public Exchange exchange(long credit) {
    return exchange(SyncScope.ALL, credit);
  }

  /** As {@link #exchange(long)}, taking only part of what the peer holds. */
  public Exchange exchange(SyncScope scope, long credit) {
    return own().exchange(scope, credit);
  }

  /** Answers a peer, see {@link Replica#answer(Hello, long, Stamp)}. */
  public HelloReply answer(Hello hello, long credit) {
    return own().answer(hello, credit, now());
  }

  /** Takes in what a peer pushes, see {@link Replica#answer(Push, long, Stamp)}. */
  public PushReply answer(Push push, long credit) {
    return own().answer(push, credit, now());
  }

  /** Gives a peer what lies above its frontier, see {@link Replica#answer(Pull)}. */
  public PullReply answer(Pull pull) {
    return own().answer(pull);
  }

  /**
   * Answers a hello, a push or a pull.
   *
   * @param credit how many bytes of new entries to take from the peer, at most
   */
  public SyncMessage answer(SyncMessage question, long credit) {
    if (question instanceof Hello hello) {
      return answer(hello, credit);
    } else if (question instanceof Push push) {
      return answer(push, credit);
    } else if (question instanceof Pull pull) {
      return answer(pull);
    }
    throw new IllegalArgumentException("That is an answer already: " + question);
  }

  /** Takes in runs that came by other ways than a push, see {@link Replica#takeIn}. */
  public List<Verdict> takeIn(List<Run> runs, long credit) {
    return own().takeIn(runs, credit, now());
  }

  /**
   * Calls a listener with the chains that grew, after each commit that added entries, own or those
   * of others. It is called by the thread that committed, maybe by several at once, and before that
   * thread goes on: it must return soon, and so hand longer work to a thread of its own.
   *
   * @return what ends the calls
   */
  public Runnable onGrowth(Consumer<Set<ChainId>> listener) {
    store.add(listener);
    return () -> store.remove(listener);
  }
}
