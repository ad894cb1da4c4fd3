package io.smollama.sync;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A small fold over the set of entries: facts that are added, retracted and restored by agents and
 * by operators, and a text that the last writer wins. What it makes of a set of entries does not
 * depend on the order in which they are applied.
 */
final class SimView {
  static final String LATER_TYPE = "mem.later";

  private static final Pattern ABOUT = Pattern.compile("\"[01][0-9a-f]{64}\"");

  private static final Comparator<Vote> STRONGER =
      Comparator.comparingInt(Vote::rank).thenComparing(Vote::entry, JournalEntry.ORDER);

  private final boolean older;
  private final TreeSet<EntryId> facts = new TreeSet<>();
  private final Map<EntryId, Vote> votes = new TreeMap<>();
  private final Map<EntryId, JournalEntry> edits = new TreeMap<>();
  private final Set<EntryId> applied = new TreeSet<>();

  /** What an entry says about a fact: whether it is active, and with what weight. */
  private record Vote(int rank, JournalEntry entry, boolean active) {}

  /**
   * A view of nothing.
   *
   * @param older whether it is of a version that does not know {@link #LATER_TYPE}
   */
  SimView(boolean older) {
    this.older = older;
  }

  static SimView of(Collection<Entry> entries, boolean older) {
    SimView view = new SimView(older);
    entries.forEach(view::apply);
    return view;
  }

  static String about(EntryId fact, int rank) {
    return rank + fact.hex();
  }

  void apply(Entry entry) {
    EntryHeader header = entry.header();
    boolean folded =
        header.chain().stream() == ChainId.KNOWLEDGE
            && !(older && header.type().equals(LATER_TYPE));
    if (!folded || !applied.add(entry.id())) {
      return;
    }
    JournalEntry seen = entry.toJournalEntry();
    switch (seen.type()) {
      case "mem.add", LATER_TYPE -> facts.add(seen.id());
      case "mem.retract" -> vote(seen, false);
      case "mem.restore" -> vote(seen, true);
      case "mem.edit" -> edit(seen);
      default -> {
        // Other types mean nothing to this view.
      }
    }
  }

  private void vote(JournalEntry entry, boolean active) {
    if (ABOUT.matcher(entry.payload()).matches()) {
      Vote vote = new Vote(entry.payload().charAt(1) - '0', entry, active);
      votes.merge(fact(entry), vote, (a, b) -> STRONGER.compare(a, b) >= 0 ? a : b);
    }
  }

  private void edit(JournalEntry entry) {
    if (ABOUT.matcher(entry.payload()).matches()) {
      edits.merge(fact(entry), entry, (a, b) -> JournalEntry.ORDER.compare(a, b) >= 0 ? a : b);
    }
  }

  private static EntryId fact(JournalEntry entry) {
    return new EntryId(entry.payload().substring(2, 66));
  }

  boolean isActive(EntryId fact) {
    return facts.contains(fact) && (!votes.containsKey(fact) || votes.get(fact).active());
  }

  Set<EntryId> facts() {
    return facts;
  }

  String hash() {
    StringBuilder text = new StringBuilder();
    applied.forEach(id -> text.append(id.hex(), 0, 16));
    facts.forEach(fact -> text.append(fact).append(isActive(fact)));
    edits.forEach((fact, edit) -> text.append(fact).append(edit.id()));
    return Sha256.hex(text.toString().getBytes(StandardCharsets.US_ASCII));
  }
}
