package io.smollama.sync;

import io.smollama.core.Point;
import io.smollama.sync.Quarantined.Code;
import java.util.List;
import java.util.Optional;

/**
 * As much of a run as hangs together in itself.
 *
 * @param entries from the first to the last before a fault
 * @param fault what is wrong with the entry after them; empty if the whole run is sound
 */
record SoundRun(List<Entry> entries, Optional<Quarantined> fault) {
  static SoundRun of(Run run) {
    List<Entry> entries = run.entries();
    for (int i = 0; i < entries.size(); i++) {
      Optional<Code> code =
          i == 0 ? first(entries.get(0)) : next(entries.get(i - 1), entries.get(i));
      if (code.isPresent()) {
        long seq = entries.get(i).header().seq();
        Quarantined fault = new Quarantined(run.chain(), seq, code.get());
        return new SoundRun(entries.subList(0, i), Optional.of(fault));
      }
    }
    long behind = entries.isEmpty() ? 0 : run.last().header().seq() + 1;
    return new SoundRun(
        entries,
        run.damaged()
            ? Optional.of(new Quarantined(run.chain(), behind, Code.DAMAGED))
            : Optional.empty());
  }

  private static Optional<Code> first(Entry entry) {
    boolean beginsAsAllDo = Points.before(entry).equals(Point.START);
    return entry.header().seq() == 1 && !beginsAsAllDo
        ? Optional.of(Code.UNCHAINED)
        : Optional.empty();
  }

  private static Optional<Code> next(Entry before, Entry entry) {
    if (!Points.of(before).equals(Points.before(entry))) {
      return Optional.of(Code.UNCHAINED);
    }
    return entry.header().lamport() <= before.header().lamport()
        ? Optional.of(Code.LAMPORT)
        : Optional.empty();
  }
}
