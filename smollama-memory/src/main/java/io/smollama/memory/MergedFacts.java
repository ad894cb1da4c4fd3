package io.smollama.memory;

import io.smollama.core.EntryId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which facts are one, by union-find (Tarjan, "Efficiency of a Good But Not Linear Set Union
 * Algorithm", 1975). The first of a class by order key names it. A merge joins those of its facts
 * that are known; the others wait.
 */
final class MergedFacts {
  private final Map<EntryId, EntryId> parents = new HashMap<>();
  private final Map<EntryId, Event> statements = new HashMap<>();

  private MergedFacts() {}

  /** The classes of some facts, by the merges among the events. */
  static MergedFacts of(Set<EntryId> stated, Collection<Event> events) {
    MergedFacts merged = new MergedFacts();
    for (Event event : events) {
      if (event.type().equals(Payloads.MEM_ADD) && stated.contains(event.id())) {
        merged.statements.put(event.id(), event);
      }
    }
    for (Event event : events) {
      if (event.type().equals(Payloads.MEM_MERGE)) {
        List<EntryId> known =
            event.ids("memories").stream().filter(merged.statements::containsKey).toList();
        known.forEach(id -> merged.join(known.get(0), id));
      }
    }
    return merged;
  }

  private void join(EntryId one, EntryId other) {
    EntryId a = canonical(one);
    EntryId b = canonical(other);
    if (!a.equals(b)) {
      boolean aFirst = Event.ORDER.compare(statements.get(a), statements.get(b)) < 0;
      parents.put(aFirst ? b : a, aFirst ? a : b);
    }
  }

  /** The name of the class that a fact is in; its own if it was not merged. */
  EntryId canonical(EntryId id) {
    EntryId root = id;
    while (parents.containsKey(root)) {
      root = parents.get(root);
    }
    for (EntryId step = id; !step.equals(root); ) {
      EntryId next = parents.get(step);
      parents.put(step, root);
      step = next;
    }
    return root;
  }

  /** Every fact of a class. */
  Set<EntryId> members(EntryId canonical) {
    Set<EntryId> members = new HashSet<>(Set.of(canonical));
    List.copyOf(parents.keySet()).stream()
        .filter(id -> canonical(id).equals(canonical))
        .forEach(members::add);
    return members;
  }
}
