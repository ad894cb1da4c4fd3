package io.smollama.memory;

import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps journal entries as events and folds those observations and facts anew that they concern.
 * The rows are a function of the set of events: order and repetition change nothing.
 */
final class KnowledgeFold {
  private static final int PAGE = 500;

  private final Connection connection;
  private final Set<EntryId> folded = new HashSet<>();
  private final ItemFold items;
  private final Set<Long> changed = new TreeSet<>();

  private KnowledgeFold(Connection connection) {
    this.connection = connection;
    this.items = new ItemFold(connection, Optional.empty());
  }

  /**
   * Keeps entries and applies them, in the caller's transaction; the numbers of the items that are
   * new, different or gone.
   */
  static Set<Long> apply(Connection connection, List<JournalEntry> entries) throws SQLException {
    KnowledgeFold fold = new KnowledgeFold(connection);
    Set<EntryId> concerned = new LinkedHashSet<>(); // numbers follow the order of arrival
    Set<EntryId> covering = new HashSet<>();
    List<JournalEntry> marks = new ArrayList<>();
    for (JournalEntry entry : entries) {
      if (WriterClocks.isMark(entry)) {
        EventTable.keep(connection, entry);
        marks.add(entry);
      } else if (NodeNames.isGenesis(entry)) {
        EventTable.keep(connection, entry);
        concerned.addAll(EventTable.statementsOf(connection, entry.chain().origin()));
      } else if (entry.chain().stream() == ChainId.KNOWLEDGE) {
        EventTable.keep(connection, entry);
        Optional<Event> event = Event.of(entry);
        if (event.isPresent()) {
          EventTable.link(connection, event.get());
          concerned.addAll(event.get().concerns());
          covering.addAll(event.get().mayCover());
        }
      }
    }
    fold.add(marks, concerned, covering);
    return fold.refold(concerned, covering);
  }

  /** Dates anew what marks concern that were kept before, in the caller's transaction. */
  static Set<Long> date(Connection connection) throws SQLException {
    KnowledgeFold fold = new KnowledgeFold(connection);
    Set<EntryId> concerned = new LinkedHashSet<>();
    Set<EntryId> covering = new HashSet<>();
    fold.add(WriterClocks.marks(connection), concerned, covering);
    return fold.refold(concerned, covering);
  }

  /** Adds what marks of clocks may date anew; all that has arrived is kept by now. */
  private void add(List<JournalEntry> marks, Set<EntryId> concerned, Set<EntryId> covering)
      throws SQLException {
    WriterClocks clocks = new WriterClocks(connection);
    for (JournalEntry mark : marks) {
      for (Event event : clocks.concerned(mark)) {
        concerned.addAll(event.concerns());
        covering.addAll(event.mayCover());
      }
    }
  }

  private Set<Long> refold(Set<EntryId> concerned, Set<EntryId> covering) throws SQLException {
    for (EntryId id : concerned) {
      refold(id);
    }
    for (EntryId id : covering) {
      refoldCovered(id);
    }
    return changed;
  }

  /** Makes all rows from the kept events, in the caller's transaction; they are empty before. */
  static void rebuild(Connection connection) throws SQLException {
    EventTable.linkAll(connection);
    Map<Long, EntryId> page = EventTable.statements(connection, 0, PAGE);
    while (!page.isEmpty()) {
      KnowledgeFold fold = new KnowledgeFold(connection);
      for (EntryId id : page.values()) {
        fold.refold(id);
      }
      long last = page.keySet().stream().mapToLong(number -> number).max().orElseThrow();
      page = EventTable.statements(connection, last, PAGE);
    }
    for (long gone : withoutRow(connection)) {
      ItemText.remove(connection, gone);
    }
  }

  private static Set<Long> withoutRow(Connection connection) throws SQLException {
    Set<Long> found = new TreeSet<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT id FROM item_number WHERE id NOT IN (SELECT id FROM item)");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getLong(1));
      }
    }
    return found;
  }

  /** Folds what an entry brought into being; nothing if it has not arrived. */
  private void refold(EntryId id) throws SQLException {
    if (!folded.add(id)) {
      return;
    }
    if (items.isFact(id)) {
      ItemFold.Group group = items.group(id);
      folded.addAll(group.ids());
      for (MemoryFold.Fact fact : group.facts()) {
        put(fact);
      }
    } else {
      Optional<ItemState> state = items.observation(id);
      if (state.isPresent()) {
        put(state.get());
      }
    }
  }

  /** When a summary comes or is retracted, what it covers is hidden or shown. */
  private void refoldCovered(EntryId summary) throws SQLException {
    for (Event event : items.concerning(summary)) {
      if (event.type().equals(Payloads.OBS_SUMMARY) && event.summary().equals(summary)) {
        for (EntryId covered : event.ids("covers")) {
          refold(covered);
        }
      }
    }
  }

  private void put(MemoryFold.Fact fact) throws SQLException {
    put(fact.state());
    for (EntryId member : fact.members()) {
      if (!member.equals(fact.state().entry())) {
        merge(member, fact.state().entry());
      }
    }
  }

  private void put(ItemState folded) throws SQLException {
    ItemState state = NodeNames.named(connection, folded);
    long number = ItemTable.number(connection, state.entry());
    if (ItemTable.put(connection, number, state)) {
      changed.add(number);
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM merged WHERE entry = ?")) {
      delete.setString(1, state.entry().hex());
      delete.executeUpdate();
    }
  }

  private void merge(EntryId member, EntryId canonical) throws SQLException {
    long number = ItemTable.number(connection, member);
    if (ItemTable.remove(connection, number)) {
      changed.add(number);
    }
    try (PreparedStatement upsert =
        connection.prepareStatement("INSERT OR REPLACE INTO merged VALUES (?, ?)")) {
      upsert.setString(1, member.hex());
      upsert.setString(2, canonical.hex());
      upsert.executeUpdate();
    }
  }
}
