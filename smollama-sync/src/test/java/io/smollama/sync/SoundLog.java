package io.smollama.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.Point;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks whether a store's entries chain, and are what its chains' states say. */
final class SoundLog {
  private SoundLog() {}

  /** The ids of all entries, which are found sound. */
  static Set<EntryId> check(LogStore store) {
    Set<EntryId> ids = new HashSet<>();
    for (ChainState state : store.chains().values()) {
      for (Branch branch : state.branches()) {
        List<Entry> line = store.entries(state.chain(), branch.label(), 0, Integer.MAX_VALUE);
        check(state.chain(), branch, line);
        line.forEach(entry -> assertThat(ids.add(entry.id())).as("%s twice", entry).isTrue());
      }
    }
    return ids;
  }

  private static void check(ChainId chain, Branch branch, List<Entry> line) {
    var before = branch.parent();
    long lamport = 0;
    for (Entry entry : line) {
      EntryHeader header = entry.header();
      assertThat(header.seq()).as("%s behind %s", chain, before).isEqualTo(before.seq() + 1);
      assertThat(header.prev()).as("before %s", entry).isEqualTo(before.id());
      assertThat(header.lamport()).as("Lamport timestamp of %s", entry).isGreaterThan(lamport);
      before = new Point(header.seq(), entry.id());
      lamport = header.lamport();
    }
    assertThat(branch.head()).as("head of %s", chain).isEqualTo(before);
  }
}
