package io.smollama.memory;

import io.smollama.core.EntryId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Folds single observations and facts: of all their events, or of those known at a time. */
final class ItemFold {
  private final Connection connection;
  private final Optional<Instant> asOf;
  private final WriterClocks clocks;
  private final Map<EntryId, List<Event>> read = new HashMap<>();

  /**
   * A fold.
   *
   * @param asOf leaves out what became known later; empty for nothing
   */
  ItemFold(Connection connection, Optional<Instant> asOf) {
    this.connection = connection;
    this.asOf = asOf;
    this.clocks = new WriterClocks(connection);
  }

  /**
   * Facts that may have been merged.
   *
   * @param ids the entries that state them, arrived or not
   * @param events all that concern these
   */
  record Group(Set<EntryId> ids, Collection<Event> events) {
    List<MemoryFold.Fact> facts() {
      return MemoryFold.of(ids, events);
    }
  }

  /** What its events make of an observation or a fact; of a merged fact the canonical one. */
  List<ItemState> folded(EntryId id) throws SQLException {
    List<ItemState> states = new ArrayList<>();
    if (isFact(id)) {
      group(id).facts().forEach(fact -> states.add(fact.state()));
    } else {
      observation(id).ifPresent(states::add);
    }
    for (int i = 0; i < states.size(); i++) {
      states.set(i, NodeNames.named(connection, states.get(i)));
    }
    return states;
  }

  boolean isFact(EntryId id) throws SQLException {
    return concerning(id).stream()
        .anyMatch(
            event ->
                event.id().equals(id) && event.states() && event.type().equals(Payloads.MEM_ADD));
  }

  /** The observation; empty if it has not arrived. */
  Optional<ItemState> observation(EntryId id) throws SQLException {
    List<Event> events = concerning(id);
    List<Event> ofSummaries = new ArrayList<>();
    for (EntryId summary : ObservationFold.coveredBy(id, events)) {
      ofSummaries.addAll(concerning(summary));
    }
    return ObservationFold.of(id, events, ofSummaries);
  }

  /** A fact with all that it may be merged with. */
  Group group(EntryId start) throws SQLException {
    Map<EntryId, Event> events = new HashMap<>();
    Set<EntryId> reached = new HashSet<>(Set.of(start));
    Deque<EntryId> open = new ArrayDeque<>(reached);
    while (!open.isEmpty()) {
      for (Event event : concerning(open.remove())) {
        events.put(event.id(), event);
        if (event.type().equals(Payloads.MEM_MERGE)) {
          event.ids("memories").stream().filter(reached::add).forEach(open::add);
        }
      }
    }
    return new Group(reached, events.values());
  }

  /** One summary is looked at for each of the observations that it covers. */
  List<Event> concerning(EntryId id) throws SQLException {
    List<Event> known = read.get(id);
    if (known == null) {
      known = new ArrayList<>();
      for (Event kept : EventTable.concerning(connection, id)) {
        Event event = clocks.dated(kept);
        if (asOf.isEmpty() || !KnownEvents.from(connection, event).isAfter(asOf.get())) {
          known.add(event);
        }
      }
      read.put(id, known);
    }
    return known;
  }
}
