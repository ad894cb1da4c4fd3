package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.Frontier;
import io.smollama.core.Tips;
import io.smollama.sync.SyncMessage.Hello;
import io.smollama.sync.SyncMessage.HelloReply;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares what a peer says that it holds with what is held here. One thread at a time. */
final class Handshake {
  private final LogStore store;

  Handshake(LogStore store) {
    this.store = store;
  }

  HelloReply answer(Hello hello, Optional<Instant> time, long credit) {
    if (!hello.versions().contains(SyncMessage.VERSION)) {
      return new HelloReply(SyncMessage.VERSION, time, Frontier.EMPTY, PeerStatus.UPGRADE, credit);
    }
    SortedMap<ChainId, Tips> asked = hello.frontier().chains();
    TreeMap<ChainId, ChainState> chains = new TreeMap<>(store.states(asked.keySet()));
    // What a peer writes may have been forgotten by it: tell it of all of that.
    chains.putAll(store.chains(ChainRange.of(hello.replica()), Integer.MAX_VALUE));
    TreeMap<ChainId, Tips> differs = new TreeMap<>();
    PeerStatus worst = PeerStatus.OK;
    for (ChainState state : chains.values()) {
      Tips mine = state.tips();
      Tips theirs = asked.getOrDefault(state.chain(), Tips.NONE);
      if (!mine.heads().equals(theirs.heads())) {
        differs.put(state.chain(), mine);
      }
      if (state.chain().origin().equals(hello.replica())) {
        PeerStatus status = status(new ChainMap(store, state), theirs);
        worst = status.compareTo(worst) > 0 ? status : worst;
      }
    }
    return new HelloReply(SyncMessage.VERSION, time, Frontier.of(differs), worst, credit);
  }

  private static PeerStatus status(ChainMap map, Tips theirs) {
    Tips mine = map.state().tips();
    if (mine.heads().isEmpty() || mine.heads().equals(theirs.heads())) {
      return PeerStatus.OK;
    }
    if (map.state().isForked()) {
      return PeerStatus.FORKED;
    }
    if (theirs.highest() > 0 && theirs.highest() < mine.cut()) {
      return PeerStatus.RESYNC;
    }
    boolean known = theirs.heads().stream().allMatch(map::holds);
    if (known) {
      return PeerStatus.REWOUND;
    }
    return theirs.highest() <= mine.highest() ? PeerStatus.FORKED : PeerStatus.OK;
  }
}
