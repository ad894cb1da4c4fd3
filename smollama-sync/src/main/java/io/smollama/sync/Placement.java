package io.smollama.sync;

import io.smollama.core.Point;
import io.smollama.sync.Change.Added;
import io.smollama.sync.Change.ChainChange;
import io.smollama.sync.Change.Split;
import io.smollama.sync.Quarantined.Code;
import java.util.List;
import java.util.Optional;

/**
 * Finds the longest new suffix of a run that chains to what is held, and what it does to the chain.
 * One thread at a time.
 */
final class Placement {
  private final ChainMap map;
  private final ChainState state;
  private final SoundRun run;

  private Placement(ChainMap map, SoundRun run) {
    this.map = map;
    this.state = map.state();
    this.run = run;
  }

  /**
   * What taking a run in means.
   *
   * @param change what becomes of the chain; empty if nothing is new
   * @param fresh the entries that are new
   */
  record Outcome(
      Verdict verdict,
      Optional<ChainChange> change,
      List<Entry> fresh,
      Optional<Quarantined> quarantined) {
    static Outcome refused(Verdict verdict, Quarantined why) {
      return new Outcome(verdict, Optional.empty(), List.of(), Optional.of(why));
    }
  }

  static Outcome of(ChainMap map, Run run) {
    SoundRun sound = SoundRun.of(run);
    return sound.entries().isEmpty()
        ? Outcome.refused(new Verdict.BadHash(), sound.fault().orElseThrow())
        : new Placement(map, sound).outcome();
  }

  private Outcome outcome() {
    List<Entry> entries = run.entries();
    long below = state.cut().seq() - entries.get(0).header().seq() + 1;
    if (below > 0) {
      if (below > entries.size() || !Points.of(entries.get((int) below - 1)).equals(state.cut())) {
        return unplaced(new Verdict.Truncated(state.cut().seq() + 1));
      }
      entries = entries.subList((int) below, entries.size());
    }
    int held = countHeld(entries);
    List<Entry> fresh = entries.subList(held, entries.size());
    if (fresh.isEmpty()) {
      return unplaced(new Verdict.Dup());
    }
    Point anchor = Points.before(fresh.get(0));
    if (anchor.equals(state.cut()) && anchor.seq() > 0) {
      return unplaced(new Verdict.Truncated(anchor.seq() + 1)); // What it forks from is gone.
    }
    Optional<Branch> branch = map.locate(anchor);
    return branch.isPresent() ? placed(branch.get(), fresh) : jumped(fresh);
  }

  /**
   * Whoever holds an entry holds those before it, so that a search by halves finds where the new
   * ones begin.
   */
  private int countHeld(List<Entry> entries) {
    int held = 0;
    int unknown = entries.size();
    while (held < unknown) {
      int middle = (held + unknown) / 2;
      if (map.holds(Points.of(entries.get(middle)))) {
        held = middle + 1;
      } else {
        unknown = middle;
      }
    }
    return held;
  }

  private Outcome placed(Branch branch, List<Entry> fresh) {
    Entry first = fresh.get(0);
    Point anchor = Points.before(first);
    long lamportBefore =
        map.entryAt(branch, anchor.seq()).map(entry -> entry.header().lamport()).orElse(0L);
    if (first.header().lamport() <= lamportBefore) {
      return Outcome.refused(new Verdict.BadHash(), quarantined(first, Code.LAMPORT));
    }
    boolean continues =
        anchor.equals(branch.head()) && state.childrenOf(anchor).findAny().isEmpty();
    return continues ? extended(branch, fresh) : branchedOff(branch, anchor, fresh);
  }

  private Outcome extended(Branch branch, List<Entry> fresh) {
    Point head = Points.of(fresh.get(fresh.size() - 1));
    ChainState after = state.with(new Branch(branch.label(), branch.parent(), head));
    Added added = new Added(branch.label(), fresh);
    return taken(new Verdict.Ok(), new ChainChange(state, after, List.of(), List.of(added)), fresh);
  }

  private Outcome branchedOff(Branch branch, Point anchor, List<Entry> fresh) {
    ChainState after = state;
    List<Split> splits = List.of();
    if (!anchor.equals(branch.head())) {
      String rest = map.heldAt(branch, anchor.seq() + 1).id().hex();
      splits = List.of(new Split(branch.label(), anchor.seq(), rest));
      after =
          after
              .with(new Branch(branch.label(), branch.parent(), anchor))
              .with(new Branch(rest, anchor, branch.head()));
    }
    String label = fresh.get(0).id().hex();
    after = after.with(new Branch(label, anchor, Points.of(fresh.get(fresh.size() - 1))));
    if (after.branches().size() > Limits.BRANCHES) {
      return Outcome.refused(new Verdict.TooLarge(), quarantined(fresh.get(0), Code.BRANCHES));
    }
    Added added = new Added(label, fresh);
    return taken(new Verdict.Fork(), new ChainChange(state, after, splits, List.of(added)), fresh);
  }

  /**
   * What is before an entry that its origin has marked may be missing, if all of that is ahead of
   * what is held.
   */
  private Outcome jumped(List<Entry> fresh) {
    Point anchor = Points.before(fresh.get(0));
    boolean may =
        !state.isForked()
            && anchor.seq() > state.highest()
            && state.marks().contains(Points.of(fresh.get(0)));
    if (!may) {
      return unplaced(gap(anchor.seq()));
    }
    Point head = Points.of(fresh.get(fresh.size() - 1));
    ChainState after = state.with(new Branch(Branch.TRUNK, anchor, head));
    Added added = new Added(Branch.TRUNK, fresh);
    return taken(new Verdict.Ok(), new ChainChange(state, after, List.of(), List.of(added)), fresh);
  }

  /** Ahead of what is held: what comes next. Beside it: twice as far back, until the lines meet. */
  private Verdict gap(long anchor) {
    long low = state.cut().seq();
    if (anchor <= low && low > 0) {
      return new Verdict.Truncated(low + 1);
    }
    long ahead = state.highest() - anchor;
    return new Verdict.Gap(
        ahead < 0 ? state.highest() + 1 : Math.max(low + 1, anchor - 2 * ahead - 1));
  }

  private Outcome taken(Verdict verdict, ChainChange change, List<Entry> fresh) {
    Verdict said = run.fault().isPresent() ? new Verdict.BadHash() : verdict;
    return new Outcome(said, Optional.of(change), fresh, run.fault());
  }

  private Outcome unplaced(Verdict verdict) {
    boolean damaged = run.fault().isPresent() && verdict.acknowledges();
    return new Outcome(
        damaged ? new Verdict.BadHash() : verdict, Optional.empty(), List.of(), run.fault());
  }

  private static Quarantined quarantined(Entry entry, Code code) {
    return new Quarantined(entry.header().chain(), entry.header().seq(), code);
  }
}
