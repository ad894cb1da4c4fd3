package io.smollama.sync;

import io.smollama.core.ClockHistory;
import io.smollama.core.ClockMark;
import io.smollama.core.DatedTime;
import io.smollama.core.ReplicaId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows when each entry truly was written. */
final class SimTimes {
  private final SimOracle oracle;
  private final Map<ReplicaId, List<Written>> written = new HashMap<>();
  private final Map<ReplicaId, Set<Integer>> writers = new HashMap<>();

  private record Written(Entry entry, long truth) {}

  SimTimes(SimOracle oracle) {
    this.oracle = oracle;
  }

  void wrote(SimNode node, Entry entry, long now) {
    ReplicaId origin = entry.header().chain().origin();
    written.computeIfAbsent(origin, o -> new ArrayList<>()).add(new Written(entry, now));
    writers.computeIfAbsent(origin, o -> new HashSet<>()).add(node.number);
  }

  /** Boots of an origin follow each other, unless a card was cloned. */
  void inspect() {
    written.forEach(
        (origin, entries) -> {
          if (writers.get(origin).size() == 1) {
            inspect(entries);
          }
        });
  }

  private void inspect(List<Written> entries) {
    List<ClockMark> marks =
        entries.stream().flatMap(one -> ClockEntry.mark(one.entry()).stream()).toList();
    ClockHistory history = ClockHistory.of(marks);
    for (Written one : entries) {
      EntryHeader header = one.entry().header();
      Optional<DatedTime> dated = history.at(header.boot(), header.mono());
      Instant truth = Instant.ofEpochMilli(one.truth());
      boolean holds =
          dated.flatMap(DatedTime::earliest).filter(truth::isBefore).isEmpty()
              && dated.flatMap(DatedTime::latest).filter(truth::isAfter).isEmpty();
      oracle.require(holds, "I14", () -> one + " is dated " + dated);
      dated.ifPresent(time -> oracle.reached("dated"));
    }
  }
}
