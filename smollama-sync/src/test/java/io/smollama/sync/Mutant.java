package io.smollama.sync;

import io.smollama.sync.Change.ChainChange;
import io.smollama.sync.SyncMessage.PullReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Mistakes that a log could make; the simulation must notice each of them. */
enum Mutant {
  /** No mistake: what is published. */
  NONE,

  /** Of two entries that follow the same one, only the first that came is kept. */
  FIRST_BRANCH_WINS {
    @Override
    Change committed(Change change) {
      List<ChainChange> kept =
          change.chains().stream()
              .filter(c -> c.after().branches().size() <= c.before().branches().size())
              .toList();
      return new Change(
          change.writer(), change.lamport(), change.successor(), kept, change.quarantined());
    }
  },

  /** The clock counts every receipt, duplicates too. */
  COUNTS_DUPLICATES {
    @Override
    void received(List<Verdict> verdicts, LogStore store) {
      if (verdicts.contains(new Verdict.Dup())) {
        Self self = store.self();
        store.commit(Change.of(self, self.lamport() + 1, List.of()));
      }
    }
  },

  /** An entry is acknowledged when it is written, not when it is on durable storage. */
  ACKNOWLEDGES_BEFORE_COMMIT {
    @Override
    boolean isLazy() {
      return true;
    }
  },

  /** A node that went back in time goes on under the same origin. */
  NEVER_SUCCEEDS_ITSELF {
    @Override
    Change committed(Change change) {
      return new Change(
          change.writer(),
          change.lamport(),
          Optional.empty(),
          change.chains(),
          change.quarantined());
    }
  },

  /** What a peer has is told by the highest Lamport timestamp that it saw. */
  CURSOR_IS_ONE_NUMBER {
    @Override
    PullReply pulled(PullReply reply, SimNode asker) {
      long cursor = asker.highestPulled;
      List<Run> runs = new ArrayList<>();
      for (Run run : reply.runs()) {
        List<Entry> above =
            run.entries().stream().filter(entry -> entry.header().lamport() > cursor).toList();
        if (!above.isEmpty()) {
          runs.add(Run.of(above));
        }
        for (Entry entry : above) {
          asker.highestPulled = Math.max(asker.highestPulled, entry.header().lamport());
        }
      }
      return new PullReply(runs, reply.left(), reply.doubts(), reply.next());
    }
  };

  Change committed(Change change) {
    return change;
  }

  void received(List<Verdict> verdicts, LogStore store) {}

  boolean isLazy() {
    return false;
  }

  PullReply pulled(PullReply reply, SimNode asker) {
    return reply;
  }
}
