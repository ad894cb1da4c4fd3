package io.smollama.sync;

import io.smollama.core.Frontier;
import io.smollama.core.ReplicaId;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One dialogue with a peer, from the side that asks: says hello, pulls what it lacks, pushes what
 * the peer lacks. Whoever drives it sends what {@link #next} gives and hands back any answer that
 * arrives, be it late, repeated or of an earlier dialogue; asking again after a loss is calling
 * {@link #next} again. It moves no data itself and remembers nothing beyond its own end. One thread
 * at a time.
 */
public final class Exchange {
  private enum Phase {
    HELLO,
    PULL,
    PUSH,
    DONE
  }

  /** A peer that always has something to say does not keep its partner for ever. */
  private static final int MOST_ANSWERS = 1_000;

  private final Replica replica;
  private final SyncScope scope;
  private final ForkSamples samples = new ForkSamples();
  private final ChainTurn turn = new ChainTurn();
  private Frontier peer = Frontier.EMPTY;
  private Phase phase = Phase.HELLO;
  private PeerStatus standing = PeerStatus.OK;
  private Set<Integer> streams = Set.of();
  private int messageBytes = Limits.MESSAGE_BYTES;
  private int leastBytes;
  private Optional<Duration> refusedHere = Optional.empty();
  private Optional<Duration> refusedThere = Optional.empty();
  private long toPull;
  private long toPush;
  private long behindPage;
  private long credit;
  private int answers;

  Exchange(Replica replica, SyncScope scope, long credit) {
    this.replica = replica;
    this.scope = scope;
    this.credit = credit;
  }

  /** What to send now; empty if all is said. */
  public Optional<SyncMessage> next(Stamp now) {
    return switch (phase) {
      case HELLO -> Optional.of(hello(now));
      case PULL -> Optional.of(pull());
      case PUSH -> push(now);
      case DONE -> Optional.empty();
    };
  }

  /**
   * All that can be said at once to begin with, so that one round trip is enough when little is
   * new: hello, what the peer lacks of what it is believed to hold, and a pull. The answers are to
   * be accepted in the order of these.
   *
   * @param believed what the peer held when it was last met; empty if that is not known
   */
  public List<SyncMessage> opening(Optional<Frontier> believed, Stamp now) {
    List<SyncMessage> parts = new ArrayList<>(List.of(hello(now), pull()));
    int left = Limits.MESSAGE_BYTES - SyncWire.encode(parts).length;
    if (believed.isPresent() && left > 0) {
      Supply.Page page =
          replica.supply().above(replica.chains(), believed.get(), Math.min(left, messageBytes));
      paged(page);
      if (!page.runs().isEmpty()) {
        parts.add(1, new Push(page.runs()));
      }
    }
    return parts;
  }

  /** Takes entries of these streams only; none means all. What is held is given, all of it. */
  public void take(Set<Integer> wanted) {
    streams = Set.copyOf(wanted);
  }

  /** About how much messages shall carry from now on, as the link takes it. */
  public void messageBytes(int bytes) {
    messageBytes = Math.max(1, Math.min(Limits.MESSAGE_BYTES, bytes));
  }

  /** How many entries have still to be moved, as far as is known. */
  public long left() {
    return toPull + toPush;
  }

  /** How this replica's own chains look to the peer. */
  public PeerStatus standing() {
    return standing;
  }

  /** When this replica's own store may take again what it could not take; empty if it took all. */
  public Optional<Duration> refusedHere() {
    return refusedHere;
  }

  /** When the peer takes again what it did not take; empty if it took all. */
  public Optional<Duration> refusedThere() {
    return refusedThere;
  }

  /** Whether it ended although there may be more to say, and should be followed by another. */
  public boolean isCutShort() {
    return answers >= MOST_ANSWERS;
  }

  private Hello hello(Stamp now) {
    Hello all = replica.hello(now);
    Frontier named = turn.slice(all.frontier()).frontier();
    Frontier frontier = named.updatedBy(Frontiers.of(all.frontier(), all.replica()));
    return all.of(frontier);
  }

  private Pull pull() {
    Frontiers.Slice slice = turn.slice(replica.frontier());
    int most = (int) Math.max(1, Math.min(Math.max(leastBytes, messageBytes), credit));
    return new Pull(
        slice.frontier(),
        samples.chains(),
        scope == SyncScope.OWN ? origins(slice.frontier()) : new TreeSet<>(),
        streams,
        turn.range(slice),
        most);
  }

  /** Never none, which would mean all. */
  private SortedSet<ReplicaId> origins(Frontier held) {
    TreeSet<ReplicaId> origins = new TreeSet<>(List.of(replica.self().origin()));
    held.chains().keySet().forEach(chain -> origins.add(chain.origin()));
    return origins;
  }

  private Optional<SyncMessage> push(Stamp now) {
    Supply.Page page = replica.supply().missing(peer, messageBytes);
    if (page.runs().isEmpty() && page.left() > 0) {
      page = replica.supply().missing(peer, Limits.ENTRY_BYTES);
    }
    paged(page);
    if (page.runs().isEmpty()) {
      turn();
      return next(now);
    }
    return Optional.of(new Push(page.runs()));
  }

  private void paged(Supply.Page page) {
    behindPage = page.left();
    toPush = size(page.runs()) + behindPage;
  }

  /** Goes on to the next chains, if there are so many that not all are spoken of at once. */
  private void turn() {
    phase = turn.next(replica.frontier()) ? Phase.HELLO : Phase.DONE;
    peer = Frontier.EMPTY;
    samples.clear();
  }

  /** Takes in an answer of the peer. */
  public void accept(SyncMessage answer, Stamp now) {
    if (answer instanceof HelloReply reply) {
      greeted(reply, now);
    } else if (answer instanceof PullReply reply) {
      pulled(reply, now);
    } else if (answer instanceof PushReply reply) {
      pushed(reply);
    }
    if (++answers >= MOST_ANSWERS) {
      phase = Phase.DONE;
    }
  }

  private void greeted(HelloReply reply, Stamp now) {
    replica.notice(reply.held(), now);
    peer = peer.updatedBy(reply.held());
    standing = reply.status();
    boolean refused = reply.status() == PeerStatus.UPGRADE || reply.status() == PeerStatus.REVOKED;
    if (refused) {
      phase = Phase.DONE;
    } else if (phase == Phase.HELLO) {
      phase = Phase.PULL;
    }
  }

  private void pulled(PullReply reply, Stamp now) {
    List<Verdict> verdicts = replica.takeIn(reply.runs(), credit, now);
    credit -= Charge.of(reply.runs(), verdicts);
    toPull = reply.left();
    refusedHere = Verdict.Busy.longest(verdicts).or(() -> refusedHere);
    replica.notice(reply.doubts(), now);
    peer = peer.updatedBy(reply.doubts());
    int sampled = samples.size();
    reply.doubts().chains().forEach((chain, tips) -> samples.doubt(replica.map(chain), tips));
    reply.runs().forEach(run -> samples.learn(run, replica));
    boolean richer =
        verdicts.stream().anyMatch(v -> v.acknowledges() && !(v instanceof Verdict.Dup));
    boolean wiser = richer || samples.size() > sampled || asksForMore(reply);
    boolean again = wiser && (reply.more() || !samples.isEmpty());
    if (phase == Phase.PULL && !again) {
      phase = Phase.PUSH;
      turn.endsAt(reply.next());
    }
  }

  /** The next entry may be larger than what was asked for. */
  private boolean asksForMore(PullReply reply) {
    boolean nothingFitted = reply.runs().isEmpty() && reply.more();
    boolean another = nothingFitted && leastBytes == 0;
    leastBytes = nothingFitted ? Limits.ENTRY_BYTES : 0;
    return another;
  }

  private static int size(List<Run> runs) {
    return runs.stream().mapToInt(run -> run.entries().size()).sum();
  }

  private void pushed(PushReply reply) {
    Frontier before = peer;
    peer = peer.updatedBy(reply.held());
    Optional<Duration> refused = Verdict.Busy.longest(reply.verdicts());
    refusedThere = refused.or(() -> refusedThere);
    toPush = refused.isPresent() ? toPush : behindPage;
    if (phase == Phase.PUSH && refused.isPresent()) {
      phase = Phase.DONE;
    } else if (phase == Phase.PUSH && peer.equals(before)) {
      turn();
    }
  }
}
