package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Point;
import io.smollama.sync.JournalTables.Meta;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Continues the chains of this replica, within a transaction that the caller holds. One thread at a
 * time.
 */
final class OwnChains {
  private final JournalTables tables;
  private final ReplicaSetup setup;

  OwnChains(JournalTables tables, ReplicaSetup setup) {
    this.tables = tables;
    this.setup = setup;
  }

  /** Writes the drafts behind the heads, with the heads and the Lamport timestamp that follow. */
  List<Entry> append(Meta meta, List<Draft> drafts) throws SQLException {
    TreeMap<ChainId, Point> heads = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    long lamport = meta.lamport();
    for (Draft draft : drafts) {
      ChainId chain = new ChainId(meta.replica(), draft.stream());
      Optional<Point> head =
          heads.containsKey(chain) ? Optional.of(heads.get(chain)) : tables.head(chain);
      Entry entry = next(chain, head, ++lamport, meta.boot(), draft);
      heads.put(chain, new Point(entry.header().seq(), entry.id()));
      entries.add(entry);
    }
    tables.entries().insert(entries);
    for (var head : heads.entrySet()) {
      tables.saveHead(head.getKey(), head.getValue());
    }
    tables.save(new Meta(meta.replica(), meta.incarnation(), meta.boot(), lamport));
    return entries;
  }

  private Entry next(ChainId chain, Optional<Point> head, long lamport, long boot, Draft draft) {
    EntryId prev = head.map(Point::id).orElse(EntryHeader.GENESIS);
    EntryHeader header =
        new EntryHeader(
            EntryHeader.VERSION,
            chain,
            head.map(Point::seq).orElse(0L) + 1,
            prev,
            lamport,
            boot,
            setup.monoMillis().getAsLong(),
            Optional.of(setup.clock().instant()),
            setup.clockQuality().get(),
            draft.type(),
            0,
            PayloadHash.of(draft.payload()));
    return Entry.of(header, draft.payload());
  }
}
