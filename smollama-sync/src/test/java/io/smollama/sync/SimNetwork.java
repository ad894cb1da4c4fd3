package io.smollama.sync;

import io.smollama.core.JournalException;
import io.smollama.sync.SyncMessage.PullReply;
import io.smollama.sync.SyncMessage.Push;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Carries messages, or does not: loses, repeats, delays, reorders, tears and flips them, and falls
 * apart into islands.
 */
final class SimNetwork {
  private final Simulation simulation;
  private final SimWire wire;
  private final Set<Integer> island = new HashSet<>();
  private final int troublePercent;

  SimNetwork(Simulation simulation) {
    this.simulation = simulation;
    this.wire = new SimWire(simulation.random.split());
    this.troublePercent = simulation.random.nextInt(4) * 5;
  }

  SimWire wire() {
    return wire;
  }

  /** These nodes are cut off from the others; none mends the network. */
  void cutOff(Set<Integer> nodes) {
    island.clear();
    island.addAll(nodes);
  }

  void begin(SimNode asker, int peer) {
    if (peer != asker.number) {
      boolean goesOn = asker.exchanges.containsKey(peer) && simulation.chance(30);
      Exchange exchange = goesOn ? asker.exchanges.get(peer) : exchange(asker, peer);
      asker.exchanges.put(peer, exchange);
      ask(asker, peer);
    }
  }

  private Exchange exchange(SimNode asker, int peer) {
    long credit =
        peer == Simulation.HOSTILE
            ? Simulation.HOSTILE_CREDIT - asker.takenFrom.getOrDefault(SimNode.PULLED, 0L)
            : Long.MAX_VALUE;
    SyncScope scope = simulation.chance(20) ? SyncScope.OWN : SyncScope.ALL;
    return asker.replica.exchange(scope, credit);
  }

  private void ask(SimNode asker, int peer) {
    Exchange exchange = asker.exchanges.get(peer);
    Optional<SyncMessage> next =
        exchange == null ? Optional.empty() : exchange.next(asker.stamp(simulation.now()));
    next.ifPresent(message -> carry(asker, peer, message, m -> arrived(asker, peer, m)));
  }

  private void arrived(SimNode asker, int peer, SyncMessage message) {
    if (peer == Simulation.HOSTILE) {
      carry(asker, peer, simulation.hostile().answer(message), m -> answered(asker, peer, m));
      return;
    }
    SimNode answerer = simulation.nodes.get(peer);
    if (answerer.up) {
      simulation.guarded(
          answerer,
          () -> {
            SyncMessage answer = answerer.answer(message, asker, Long.MAX_VALUE, simulation.now());
            carry(asker, peer, answer, m -> answered(asker, peer, m));
          });
    }
  }

  private void answered(SimNode asker, int peer, SyncMessage answer) {
    if (asker.up) {
      simulation.guarded(
          asker,
          () -> {
            Exchange exchange = asker.exchanges.computeIfAbsent(peer, p -> exchange(asker, peer));
            long before = peer == Simulation.HOSTILE ? simulation.oracle.bytes(asker) : 0;
            try {
              exchange.accept(answer, asker.stamp(simulation.now()));
            } catch (JournalException e) {
              // The disk is full; what was heard still counts.
            }
            if (peer == Simulation.HOSTILE) {
              long grown = simulation.oracle.bytes(asker) - before;
              asker.takenFrom.merge(SimNode.PULLED, grown, Long::sum);
            }
            asker.hear(answer);
            ask(asker, peer);
          });
    }
  }

  private interface Arrival {
    void of(SyncMessage message);
  }

  private void carry(SimNode asker, int peer, SyncMessage message, Arrival arrival) {
    Optional<SyncMessage> sent = Optional.of(message);
    if (troubled()) {
      boolean carriesEntries = message instanceof Push || message instanceof PullReply;
      sent = carriesEntries && simulation.chance(50) ? wire.damaged(message) : Optional.empty();
    }
    int copies = troubled() ? 2 : 1;
    for (int i = 0; i < copies && sent.isPresent(); i++) {
      SyncMessage copy = sent.get();
      simulation.at(
          delay(asker.slow),
          () -> {
            if (connected(asker.number, peer)) {
              arrival.of(copy);
            }
          });
    }
  }

  private boolean troubled() {
    return simulation.chance(troublePercent);
  }

  private long delay(boolean slow) {
    if (troubled()) {
      return simulation.random.nextLong(
          Simulation.LONGEST_DELAY / (simulation.chance(50) ? 1 : 1000));
    }
    return 5 + simulation.random.nextLong(slow ? 3_600_000 : 2_000);
  }

  private boolean connected(int one, int other) {
    return island.contains(one) == island.contains(other);
  }
}
