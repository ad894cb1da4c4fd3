package io.smollama.memory;

import io.smollama.core.EntryId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Tells what happened to a fact, in the order in which the views settle it. */
final class MemoryHistory {
  private MemoryHistory() {}

  static List<MemoryChange> of(Connection connection, EntryId canonical) throws SQLException {
    Set<EntryId> members = new TreeSet<>(Set.of(canonical));
    try (PreparedStatement query =
        connection.prepareStatement("SELECT entry FROM merged WHERE canonical = ?")) {
      query.setString(1, canonical.hex());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          members.add(new EntryId(rows.getString(1)));
        }
      }
    }
    SortedSet<Event> events = new TreeSet<>(Event.ORDER);
    WriterClocks clocks = new WriterClocks(connection);
    for (EntryId member : members) {
      for (Event event : EventTable.concerning(connection, member)) {
        events.add(clocks.dated(event));
      }
    }
    List<MemoryChange> changes = new ArrayList<>();
    for (Event event : events) {
      changes.add(change(event, node(connection, event), members));
    }
    return changes;
  }

  private static String node(Connection connection, Event event) throws SQLException {
    Optional<String> own = event.text("node");
    Optional<String> name = own.isPresent() ? own : NodeNames.of(connection, event.origin());
    return name.orElse(event.origin().hex());
  }

  private static MemoryChange change(Event event, String node, Set<EntryId> members) {
    String reason = event.text("reason").map(why -> ": " + why).orElse("");
    return new MemoryChange(
        event.id(),
        event.time(),
        node,
        event.text("provenance").flatMap(Provenance::ofWord),
        what(event, members) + reason,
        others(event, members),
        event.when().certainty());
  }

  private static List<EntryId> others(Event event, Set<EntryId> members) {
    if (!event.type().equals(Payloads.MEM_ADD)) {
      return List.of();
    }
    return members.contains(event.id())
        ? event.ids("supersedes").stream().filter(id -> !members.contains(id)).toList()
        : List.of(event.id());
  }

  private static String what(Event event, Set<EntryId> members) {
    return switch (event.type()) {
      case Payloads.MEM_ADD ->
          (members.contains(event.id()) ? "said" : "replaced by " + event.id().hex())
              + ": "
              + event.text("text").orElse("");
      case Payloads.MEM_CONFIRM -> "said again";
      case Payloads.MEM_DISPUTE -> "disputed";
      case Payloads.MEM_RETRACT -> "retracted";
      case Payloads.MEM_RESTORE -> "restored";
      case Payloads.MEM_MERGE ->
          "merged: "
              + String.join(" and ", event.ids("memories").stream().map(EntryId::hex).toList());
      default -> edited(event);
    };
  }

  private static String edited(Event event) {
    List<String> changes = new ArrayList<>();
    event.text("text").ifPresent(text -> changes.add("words: " + text));
    event.permille().ifPresent(permille -> changes.add("confidence: " + permille / 1000.0));
    event.texts("tags").ifPresent(tags -> changes.add("tags: " + String.join(", ", tags)));
    for (String bound : List.of("valid_from", "valid_to")) {
      if (event.bounds(bound)) {
        changes.add(
            (bound.equals("valid_from") ? "true from " : "true until ")
                + event.instant(bound).map(Instant::toString).orElse("no bound"));
      }
    }
    return "edited, " + String.join("; ", changes);
  }
}
