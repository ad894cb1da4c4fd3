package io.smollama.agent;

import io.smollama.agent.Inbox.Offer;
import io.smollama.agent.InboxEntry.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Decides what becomes of a trigger that comes into an inbox. One thread at a time. */
final class InboxIntake {
  static final int MOST_WAITING = 1_000;
  private static final int MOST_SEEN = 10_000;

  /** Without ids, the same words again within this time are the same message again. */
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final InboxFile file;

  InboxIntake(InboxFile file) {
    this.file = file;
  }

  Offer taken(Trigger trigger, long now) throws SQLException {
    if (isRepeated(trigger, now)) {
      return Offer.REPEATED;
    }
    int joined =
        file.update(
            """
            UPDATE entry SET text = ?, trusted = trusted AND ?, good_for = ?, id = ?,
              count = count + 1, last = ? WHERE state = 0 AND kind = ? AND key = ?""",
            trigger.text(),
            trigger.trusted() ? 1 : 0,
            trigger.goodFor().toMillis(),
            trigger.id().orElse(null),
            now,
            trigger.kind().ordinal(),
            trigger.key());
    if (joined > 0) {
      return Offer.JOINED;
    }
    if (!hasRoom(trigger.kind())) {
      return Offer.DROPPED;
    }
    insert(trigger, now, State.WAITING, 0);
    return Offer.TAKEN;
  }

  void insert(Trigger trigger, long now, State state, int attempts) throws SQLException {
    file.update(
        """
        INSERT INTO entry (kind, key, text, trusted, good_for, id, count, first, last, state, attempts)
        VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)""",
        trigger.kind().ordinal(),
        trigger.key(),
        trigger.text(),
        trigger.trusted() ? 1 : 0,
        trigger.goodFor().toMillis(),
        trigger.id().orElse(null),
        now,
        now,
        state.ordinal(),
        attempts);
  }

  private boolean isRepeated(Trigger trigger, long now) throws SQLException {
    if (trigger.id().isPresent()) {
      int added =
          file.update(
              "INSERT OR IGNORE INTO seen (key, id) VALUES (?, ?)",
              trigger.key(),
              trigger.id().get());
      file.update("DELETE FROM seen WHERE number <= (SELECT max(number) FROM seen) - ?", MOST_SEEN);
      return added == 0;
    }
    return trigger.kind() == Trigger.Kind.MESSAGE
        && file.number(
                "SELECT 1 FROM entry WHERE kind = ? AND key = ? AND text = ? AND last BETWEEN ? AND ?",
                trigger.kind().ordinal(),
                trigger.key(),
                trigger.text(),
                now - AGAIN.toMillis(),
                now)
            .isPresent();
  }

  /** Makes room by dropping the oldest of the least urgent, unless all are more urgent. */
  private boolean hasRoom(Trigger.Kind kind) throws SQLException {
    if (file.number("SELECT count(*) FROM entry WHERE state = 0").orElse(0L) < MOST_WAITING) {
      return true;
    }
    List<InboxEntry> least = file.entries("WHERE state = 0 ORDER BY kind DESC, number ASC LIMIT 1");
    Trigger.Kind goes = least.get(0).trigger().kind();
    boolean room = goes.compareTo(kind) >= 0;
    if (room) {
      file.update("DELETE FROM entry WHERE number = ?", least.get(0).number());
    }
    file.update(
        "INSERT INTO dropped VALUES (?, 1) ON CONFLICT (kind) DO UPDATE SET count = count + 1",
        (room ? goes : kind).ordinal());
    return room;
  }
}
