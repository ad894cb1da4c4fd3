package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.sync.Change.ChainChange;
import io.smollama.sync.Placement.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Takes in what a peer sends. Runs of different chains share a commit; the verdicts are given when
 * all of them are on durable storage. One thread at a time.
 */
final class Intake {
  private static final int ATTEMPTS = 16;

  private final LogStore store;
  private final Succession succession;

  Intake(LogStore store, Succession succession) {
    this.store = store;
    this.succession = succession;
  }

  /** One verdict for each run; what the store cannot take for now is to come again. */
  List<Verdict> accept(List<Run> runs, long credit, Stamp now) {
    List<Verdict> verdicts = new ArrayList<>();
    try {
      accept(runs, credit, now, verdicts);
    } catch (JournalException e) {
      if (!e.isRetryable()) {
        throw e;
      }
    }
    while (verdicts.size() < runs.size()) {
      verdicts.add(new Verdict.Busy(Limits.RETRY));
    }
    return verdicts;
  }

  private void accept(List<Run> runs, long credit, Stamp now, List<Verdict> verdicts) {
    long left = credit;
    int failures = 0;
    while (verdicts.size() < runs.size() && failures < ATTEMPTS) {
      Batch batch = new Batch(store.self(), left);
      batch.fill(runs.subList(verdicts.size(), runs.size()));
      Change change = batch.change(now);
      if (change.isEmpty() || store.commit(change)) {
        verdicts.addAll(batch.verdicts);
        left = batch.credit;
      } else {
        failures++;
      }
    }
  }

  /** Runs that one commit can take: none needs to see what another one does. */
  private final class Batch {
    private final Self self;
    private final TreeMap<ChainId, ChainChange> chains = new TreeMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Quarantined> quarantined = new ArrayList<>();
    private long credit;
    private long lamport;
    private boolean continuityLost;

    Batch(Self self, long credit) {
      this.self = self;
      this.credit = credit;
      this.lamport = self.lamport();
    }

    void fill(List<Run> runs) {
      for (Run run : runs) {
        if (chains.containsKey(run.chain())) {
          return;
        }
        verdicts.add(take(run));
      }
    }

    private Verdict take(Run run) {
      Outcome outcome = Placement.of(new ChainMap(store, store.chain(run.chain())), run);
      long size = outcome.fresh().stream().mapToLong(Entry::size).sum();
      if (size > credit) {
        return new Verdict.Busy(Limits.RETRY);
      }
      credit -= size;
      outcome.quarantined().ifPresent(quarantined::add);
      outcome.change().ifPresent(change -> chains.put(run.chain(), change));
      outcome.fresh().forEach(this::notice);
      return outcome.verdict();
    }

    private void notice(Entry entry) {
      lamport = LamportClock.follow(lamport, entry.header().lamport());
      continuityLost |= entry.header().chain().origin().equals(self.origin());
      TruncationMark.of(entry).ifPresent(this::mark);
    }

    private void mark(TruncationMark mark) {
      ChainId chain = mark.chain();
      ChainChange sofar = chains.get(chain);
      if (sofar == null) {
        ChainState before = store.chain(chain);
        chains.put(chain, ChainChange.of(before, before.marked(mark.first())));
      } else {
        ChainState after = sofar.after().marked(mark.first());
        chains.put(chain, new ChainChange(sofar.before(), after, sofar.splits(), sofar.added()));
      }
    }

    Change change(Stamp now) {
      Change change =
          new Change(
              self.origin(), lamport, Optional.empty(), List.copyOf(chains.values()), quarantined);
      return continuityLost
          ? succession.following(change, self, Continuity.Break.PEER_AHEAD, now)
          : change;
    }
  }
}
