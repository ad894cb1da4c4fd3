package io.smollama.sync;

import java.util.List;

/** What runs cost the one who brought them. */
final class Charge {
  private Charge() {}

  /** Counts a run in full even if only a part of it was new. */
  static long of(List<Run> runs, List<Verdict> verdicts) {
    long bytes = 0;
    for (int i = 0; i < runs.size(); i++) {
      boolean stored = verdicts.get(i).acknowledges() || verdicts.get(i) instanceof Verdict.BadHash;
      if (stored && !(verdicts.get(i) instanceof Verdict.Dup)) {
        bytes += size(runs.get(i));
      }
    }
    return bytes;
  }

  static long size(List<Run> runs) {
    return runs.stream().mapToLong(Charge::size).sum();
  }

  private static long size(Run run) {
    return run.entries().stream().mapToLong(Entry::size).sum();
  }
}
