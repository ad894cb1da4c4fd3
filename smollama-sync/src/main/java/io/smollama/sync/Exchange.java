package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.sync.SyncMessage.HelloReply;
import io.smollama.sync.SyncMessage.Pull;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import io.smollama.sync.SyncMessage.PushReply;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
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
  private final TreeMap<ChainId, SortedSet<Point>> samples = new TreeMap<>();
  private LogFrontier peer = LogFrontier.EMPTY;
  private Phase phase = Phase.HELLO;
  private long credit;
  private int answers;

  Exchange(Replica replica, long credit) {
    this.replica = replica;
    this.credit = credit;
  }

  /** What to send now; empty if all is said. */
  public Optional<SyncMessage> next(Stamp now) {
    return switch (phase) {
      case HELLO -> Optional.of(replica.hello(now));
      case PULL -> Optional.of(pull());
      case PUSH -> push();
      case DONE -> Optional.empty();
    };
  }

  private Pull pull() {
    int most = (int) Math.max(1, Math.min(Limits.MESSAGE_BYTES, credit));
    return new Pull(replica.frontier(), samples, Set.of(), most);
  }

  private Optional<SyncMessage> push() {
    Supply.Page page = replica.missing(peer, Limits.MESSAGE_BYTES);
    if (page.runs().isEmpty()) {
      phase = Phase.DONE;
      return Optional.empty();
    }
    return Optional.of(new Push(page.runs()));
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
    replica.notice(reply.doubts(), now);
    peer = peer.updatedBy(reply.doubts());
    int sampled = sampled();
    reply.doubts().chains().forEach(this::sample);
    reply.runs().forEach(this::learn);
    boolean richer = verdicts.stream().anyMatch(v -> v.acknowledges() && !isDup(v));
    boolean wiser = richer || sampled() > sampled;
    boolean again = wiser && (reply.more() || !samples.isEmpty());
    if (phase == Phase.PULL && !again) {
      phase = Phase.PUSH;
    }
  }

  private static boolean isDup(Verdict verdict) {
    return verdict instanceof Verdict.Dup;
  }

  private int sampled() {
    return samples.values().stream().mapToInt(SortedSet::size).sum();
  }

  /** A peer whose tips are all held here is only behind; otherwise the lines have parted. */
  private void sample(ChainId chain, Tips theirs) {
    ChainMap mine = replica.map(chain);
    if (!theirs.heads().stream().allMatch(mine::holds)) {
      samples.computeIfAbsent(chain, c -> new TreeSet<>()).addAll(mine.samples());
    }
  }

  /**
   * What was sent of a line is held by both now; if it was not new, the next page must not begin
   * with it again.
   */
  private void learn(Run run) {
    SortedSet<Point> known = samples.get(run.chain());
    if (known != null && !run.entries().isEmpty()) {
      Point last = Point.of(run.last());
      if (replica.map(run.chain()).holds(last)) {
        known.add(last);
      }
    }
  }

  private void pushed(PushReply reply) {
    LogFrontier before = peer;
    peer = peer.updatedBy(reply.held());
    boolean busy = reply.verdicts().stream().anyMatch(Verdict.Busy.class::isInstance);
    if (phase == Phase.PUSH && (busy || peer.equals(before))) {
      phase = Phase.DONE;
    }
  }
}
