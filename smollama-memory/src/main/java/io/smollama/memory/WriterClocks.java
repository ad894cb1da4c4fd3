package io.smollama.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.ClockHistory;
import io.smollama.core.ClockMark;
import io.smollama.core.JournalEntry;
import io.smollama.core.ReplicaId;
import io.smollama.core.WriterClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dates events by the marks that their writers made of their clocks. A function of the set of
 * events. One connection's, of one moment.
 */
final class WriterClocks {
  private static final String MARK = "ctl.clock";
  private static final long LIMIT = 1L << 53;
  private static final long LONGEST_ERROR = Duration.ofDays(1).toMillis();

  private final Connection connection;
  private final Map<ReplicaId, ClockHistory> histories = new HashMap<>();

  WriterClocks(Connection connection) {
    this.connection = connection;
  }

  /** Whether an entry tells of the clock of its writer. */
  static boolean isMark(JournalEntry entry) {
    return entry.chain().stream() == ChainId.CONTROL && entry.type().equals(MARK);
  }

  /** The event with the best that is known of when it was written. */
  Event dated(Event event) throws SQLException {
    boolean open =
        event.entry().clock().filter(clock -> !clock.quality().isSynchronised()).isPresent();
    return open ? event.dated(history(event.origin())) : event;
  }

  /**
   * What an arrived mark may date anew.
   *
   * @param mark whose neighbours are known by now
   */
  List<Event> concerned(JournalEntry mark) throws SQLException {
    Optional<ClockMark> read = mark(mark);
    if (read.isEmpty()) {
      return List.of();
    }
    ClockMark told = read.get();
    ClockHistory history = history(mark.chain().origin());
    Optional<ClockMark> before = history.before(told.boot(), told.mono() - 1);
    Optional<ClockMark> after = history.after(told.boot(), told.mono());
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM event WHERE origin = ? AND quality < 3"
                + " AND (boot, mono) >= (?, ?) AND (boot, mono) <= (?, ?)")) {
      query.setString(1, mark.chain().origin().hex());
      query.setLong(2, before.map(ClockMark::boot).orElse(-1L));
      query.setLong(3, before.map(ClockMark::mono).orElse(-1L));
      query.setLong(4, after.map(ClockMark::boot).orElse(Long.MAX_VALUE));
      query.setLong(5, after.map(ClockMark::mono).orElse(Long.MAX_VALUE));
      List<Event> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          Event.of(EventTable.entry(rows)).ifPresent(found::add);
        }
      }
      return found;
    }
  }

  private ClockHistory history(ReplicaId origin) throws SQLException {
    ClockHistory known = histories.get(origin);
    if (known == null) {
      known = ClockHistory.of(marks(origin));
      histories.put(origin, known);
    }
    return known;
  }

  private List<ClockMark> marks(ReplicaId origin) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM event WHERE origin = ? AND stream = ? AND type = ?")) {
      query.setString(1, origin.hex());
      query.setInt(2, ChainId.CONTROL);
      query.setString(3, MARK);
      List<ClockMark> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          mark(EventTable.entry(rows)).ifPresent(found::add);
        }
      }
      return found;
    }
  }

  /** All marks that are kept. */
  static List<JournalEntry> marks(Connection connection) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT * FROM event WHERE stream = ? AND type = ?")) {
      query.setInt(1, ChainId.CONTROL);
      query.setString(2, MARK);
      List<JournalEntry> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(EventTable.entry(rows));
        }
      }
      return found;
    }
  }

  /** What a mark says; empty if it makes no sense, alike for everybody. */
  static Optional<ClockMark> mark(JournalEntry entry) {
    Optional<ObjectNode> payload = Payloads.parse(entry.payload());
    if (payload.isEmpty() || entry.clock().isEmpty()) {
      return Optional.empty();
    }
    WriterClock clock = entry.clock().get();
    return payload.get().has("peer_time")
        ? told(clock, payload.get())
        : entry
            .wall()
            .filter(wall -> clock.quality().isSynchronised())
            .map(
                wall ->
                    new ClockMark(clock.boot(), clock.mono(), wall, ClockMark.SYNCHRONISED, false));
  }

  private static Optional<ClockMark> told(WriterClock clock, ObjectNode payload) {
    Optional<Long> mono = whole(payload, "mono", 0, LIMIT);
    Optional<Long> time = whole(payload, "peer_time", 1 - LIMIT, LIMIT);
    Optional<Long> within = whole(payload, "within", 0, LONGEST_ERROR + 1);
    if (mono.isEmpty() || time.isEmpty() || within.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ClockMark(
            clock.boot(),
            mono.get(),
            Instant.ofEpochMilli(time.get()),
            ClockMark.SYNCHRONISED.plusMillis(within.get()),
            true));
  }

  private static Optional<Long> whole(ObjectNode payload, String key, long least, long below) {
    JsonNode value = payload.path(key);
    return value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() >= least
            && value.longValue() < below
        ? Optional.of(value.longValue())
        : Optional.empty();
  }
}
