package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.Journal;
import io.smollama.core.JournalEntry;
import io.smollama.core.Reading;
import io.smollama.core.ReplicaId;
import io.smollama.core.SourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Takes what sources said from the journal into the history: of other nodes as sources of the type
 * {@value SourceId#NODE}, so that {@code system:cpu_temp} of the kitchen is {@code
 * node:kitchen/system:cpu_temp} here; of this node, where its own history was lost. Taking an entry
 * twice changes nothing. One thread at a time.
 */
final class ArrivedReadings {
  /** More are sealed at once instead of being staged. */
  private static final int FEW = 2_000;

  private final Database database;
  private final ReadingHistory history;
  private final Journal journal;
  private boolean restoring = true;

  ArrivedReadings(Database database, ReadingHistory history, Journal journal) {
    this.database = database;
    this.history = history;
    this.journal = journal;
  }

  static boolean isOfOthers(SourceId source) {
    return source.type().equals(SourceId.NODE);
  }

  /** From now on what this node writes to the journal is in the history already. */
  void restored() {
    restoring = false;
  }

  /** Takes entries; what is not about readings is passed over. */
  void take(List<JournalEntry> entries) {
    List<JournalEntry> about = entries.stream().filter(ArrivedReadings::isAboutReadings).toList();
    if (about.isEmpty()) {
      return;
    }
    ReplicaId self = journal.origin();
    Set<ReplicaId> own = database.read(connection -> NodeNames.lineage(connection, self));
    List<Reading> readings = new ArrayList<>();
    Map<SourceId, TreeMap<Long, Rollup>> windows = new HashMap<>();
    for (JournalEntry entry : about) {
      ReplicaId origin = entry.chain().origin();
      if (restoring || !origin.equals(self)) {
        ArrivedEntry arrived = ArrivedEntry.of(entry, own.contains(origin));
        readings.addAll(arrived.readings());
        arrived
            .windows()
            .forEach(
                (source, some) ->
                    windows.computeIfAbsent(source, s -> new TreeMap<>()).putAll(some));
      }
    }
    keep(readings);
    windows.forEach(this::keep);
  }

  private static boolean isAboutReadings(JournalEntry entry) {
    int stream = entry.chain().stream();
    return (stream == ChainId.READINGS || stream == ChainId.ROLLUPS) && ArrivedEntry.isOne(entry);
  }

  private void keep(List<Reading> readings) {
    boolean staged =
        readings.size() <= FEW && readings.stream().allMatch(r -> isOfOthers(r.source()));
    if (staged) {
      history.appendNow(readings);
    } else {
      history.load(readings.iterator());
    }
  }

  private void keep(SourceId source, TreeMap<Long, Rollup> windows) {
    Optional<SourceTable.Row> row = history.row(source).filter(known -> known.id() > 0);
    if (row.isPresent()) {
      int id = row.get().id();
      database.write(connection -> RollupUpdate.received(connection, id, windows));
    }
  }
}
