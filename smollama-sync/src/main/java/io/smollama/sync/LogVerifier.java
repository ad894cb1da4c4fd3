package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.JournalException;
import io.smollama.core.Point;
import io.smollama.sync.VerifyReport.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Reads a whole log through its store and hashes everything anew, while others go on writing: each
 * entry follows the one before by number and hash, Lamport timestamps rise, and a chain ends where
 * it says. What was changed shows where the next entry, or the chain, names another hash. One
 * thread at a time.
 */
final class LogVerifier {
  private static final int CHAINS = 500;
  private static final int ENTRIES = 1_000;

  private final LogStore store;
  private final List<Problem> problems = new ArrayList<>();
  private long checked;

  LogVerifier(LogStore store) {
    this.store = store;
  }

  /**
   * Looks at everything; takes a while on a large log.
   *
   * @throws JournalException if the store cannot be read now
   */
  VerifyReport verify() {
    Optional<ChainId> last = Optional.empty();
    SortedMap<ChainId, ChainState> some;
    do {
      some = store.chains(new ChainRange(last, Optional.empty()), CHAINS);
      for (ChainState state : some.values()) {
        if (!last.equals(Optional.of(state.chain()))) { // the first was the last before
          check(state);
        }
      }
      last = some.isEmpty() ? last : Optional.of(some.lastKey());
    } while (some.size() == CHAINS);
    return new VerifyReport(checked, problems);
  }

  /** What seems wrong may only have been changed between two looks: then it is looked at again. */
  private void check(ChainState state) {
    List<Problem> found = problems(state);
    ChainState now = store.chain(state.chain());
    while (!found.isEmpty() && !now.equals(state)) {
      state = now;
      found = problems(state);
      now = store.chain(state.chain());
    }
    checked += state.size();
    found.stream()
        .limit(VerifyReport.MOST_PROBLEMS - (long) problems.size())
        .forEach(problems::add);
  }

  private List<Problem> problems(ChainState state) {
    List<Problem> found = new ArrayList<>();
    for (Branch branch : state.branches()) {
      try {
        check(state, branch, found);
      } catch (JournalException e) {
        if (e.isRetryable()) {
          throw e;
        }
        found.add(problem(state.chain(), branch.head().seq(), e.getMessage()));
      }
    }
    return found;
  }

  private void check(ChainState state, Branch branch, List<Problem> found) {
    ChainId chain = state.chain();
    Point last = branch.parent();
    long lamport = 0;
    List<Entry> page;
    do {
      page = store.entries(chain, branch.label(), last.seq(), ENTRIES);
      for (Entry entry : page) {
        long seq = entry.header().seq();
        if (seq > branch.head().seq()) {
          break; // it grew meanwhile
        }
        if (seq != last.seq() + 1) {
          found.add(problem(chain, seq, "entry %d was expected here".formatted(last.seq() + 1)));
        } else if (!entry.header().prev().equals(last.id())) {
          found.add(problem(chain, seq, "does not follow entry %d as it is".formatted(last.seq())));
        }
        if (entry.header().lamport() <= lamport) {
          found.add(problem(chain, seq, "the Lamport timestamp does not rise"));
        }
        last = Points.of(entry);
        lamport = entry.header().lamport();
      }
    } while (page.size() == ENTRIES && last.seq() < branch.head().seq());
    if (!last.equals(branch.head())) {
      found.add(problem(chain, branch.head().seq(), "the frontier is not the chain's last entry"));
    }
  }

  private static Problem problem(ChainId chain, long seq, String what) {
    return new Problem(chain.origin().hex(), chain.stream(), seq, what);
  }
}
