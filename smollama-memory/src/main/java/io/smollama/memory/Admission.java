package io.smollama.memory;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A filter made ready to be asked of every item while a search goes over them. */
final class Admission {
  private final int kinds;
  private final @Nullable BitSet types;
  private final @Nullable BitSet nodes;
  private final @Nullable BitSet named;
  private final long since;
  private final long until;
  private final long asOf;
  private final long now;
  private final boolean all;
  private final boolean plain;

  private Admission(RecallFilter filter, ItemMarks marks, Instant now, @Nullable BitSet named) {
    this.kinds =
        (filter.kinds().contains(KnowledgeKind.OBSERVATION) ? 1 : 0)
            | (filter.kinds().contains(KnowledgeKind.MEMORY) ? 2 : 0);
    this.types = codes(filter.types(), marks.types);
    this.nodes = codes(filter.nodes(), marks.nodes);
    this.named = named;
    this.since = filter.since().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
    this.until = filter.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    this.asOf = filter.asOf().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    this.now = filter.asOf().orElse(now).toEpochMilli();
    this.all = filter.all();
    this.plain = filter.ofKinds(Set.of()).equals(RecallFilter.SHOWN) && kinds % 3 == 0;
  }

  static Admission of(Connection connection, RecallFilter filter, ItemMarks marks, Instant now)
      throws SQLException {
    return new Admission(filter, marks, now, named(connection, filter, marks));
  }

  /** Whether every item passes that is there and not {@link ItemMarks#SPANNED}. */
  boolean isPlain() {
    return plain;
  }

  /** Whether a search may find the item. */
  boolean admits(ItemMarks marks, int item) {
    return admits(marks.chunk(item), item & ItemMarks.CHUNK - 1, item);
  }

  boolean admits(ItemMarks.Chunk chunk, int slot, int item) {
    int marks = chunk.marks[slot];
    if ((marks & (ItemMarks.PRESENT | ItemMarks.SPANNED)) == ItemMarks.PRESENT && plain) {
      return true;
    }
    return (marks & ItemMarks.PRESENT) != 0
        && (kinds == 0 || (kinds & ((marks & ItemMarks.MEMORY) != 0 ? 2 : 1)) != 0)
        && (types == null || types.get(marks >>> ItemMarks.TYPE_SHIFT & 0xFF))
        && (nodes == null || nodes.get(marks >>> ItemMarks.NODE_SHIFT))
        && ((marks & ItemMarks.TIMED) == 0 || recorded(chunk.time(slot)))
        && ((marks & ItemMarks.SPANNED) == 0 || all || spans(chunk.spans, slot))
        && (named == null || named.get(item));
  }

  private boolean recorded(long time) {
    return time >= since && time < until && time <= asOf;
  }

  private boolean spans(long @Nullable [] spans, int slot) {
    return spans == null
        || (spans[3 * slot] > now && spans[3 * slot + 1] <= now && now < spans[3 * slot + 2]);
  }

  private static @Nullable BitSet codes(Set<String> names, NameCodes codes) {
    if (names.isEmpty()) {
      return null;
    }
    BitSet found = new BitSet();
    names.stream().mapToInt(codes::find).filter(code -> code >= 0).forEach(found::set);
    return found;
  }

  /** The items that pass the conditions which only a row tells; null if there are none. */
  private static @Nullable BitSet named(Connection connection, RecallFilter filter, ItemMarks marks)
      throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    if (!filter.sources().isEmpty()) {
      conditions.add(
          "id IN (SELECT item FROM item_source WHERE source IN ("
              + places(filter.sources())
              + "))");
      filter.sources().forEach(source -> values.add(source.toString()));
    }
    if (filter.minConfidence() > 0) {
      conditions.add("confidence >= ?");
      values.add(Math.round(filter.minConfidence() * 1000));
    }
    if (filter.nodes().stream().anyMatch(node -> marks.nodes.isShared(marks.nodes.find(node)))) {
      conditions.add("node IN (" + places(filter.nodes()) + ")");
      values.addAll(filter.nodes());
    }
    return conditions.isEmpty() ? null : select(connection, conditions, values);
  }

  private static BitSet select(Connection connection, List<String> conditions, List<Object> values)
      throws SQLException {
    BitSet found = new BitSet();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT id FROM item WHERE " + String.join(" AND ", conditions))) {
      for (int i = 0; i < values.size(); i++) {
        query.setObject(i + 1, values.get(i));
      }
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.set(Math.toIntExact(rows.getLong(1)));
        }
      }
    }
    return found;
  }

  private static String places(Set<?> values) {
    return "?,".repeat(values.size() - 1) + "?";
  }
}
