package io.smollama.memory;

import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sums up old observations week by week: those of one node about the same sources become one
 * summary, which hides them. Nothing is deleted. One thread at a time.
 */
final class Compaction {
  /** Fewer are as short to read as their summary. */
  private static final int FEWEST = 3;

  private final Database database;
  private final Corrections corrections;
  private final ObservationSummariser summariser;

  Compaction(Database database, Corrections corrections, ObservationSummariser summariser) {
    this.database = database;
    this.corrections = corrections;
    this.summariser = summariser;
  }

  /** What is summed up together. */
  private record Group(String node, List<SourceId> sources, LocalDate monday) {}

  /** Sums up what was noticed before a time; observations without a time are left alone. */
  CompactionReport run(Instant before) {
    Map<Group, List<Observation>> groups = new LinkedHashMap<>();
    for (Observation observation : database.read(connection -> old(connection, before))) {
      groups.computeIfAbsent(group(observation), unused -> new ArrayList<>()).add(observation);
    }
    int summaries = 0;
    int covered = 0;
    for (Map.Entry<Group, List<Observation>> group : groups.entrySet()) {
      List<Observation> members = group.getValue();
      if (members.size() >= FEWEST) {
        summarise(group.getKey(), members);
        summaries++;
        covered += members.size();
      }
    }
    return new CompactionReport(summaries, covered);
  }

  private void summarise(Group group, List<Observation> members) {
    String digest = ObservationDigest.of(members);
    String text =
        summariser.summarise(digest).map(words -> words + " (" + digest + ")").orElse(digest);
    List<EntryId> covers = members.stream().map(Observation::id).toList();
    double confidence = members.stream().mapToDouble(Observation::confidence).min().orElseThrow();
    NewObservation summary =
        new NewObservation(
            KnowledgeText.shortened(text),
            ObservationType.SUMMARY,
            confidence,
            group.sources(),
            Provenance.OBSERVER,
            members.get(members.size() - 1).time(),
            List.of(),
            "",
            members.stream().anyMatch(Observation::tainted));
    corrections.summarise(summary, covers);
  }

  private static Group group(Observation observation) {
    LocalDate day = LocalDate.ofInstant(observation.time().orElseThrow(), ZoneOffset.UTC);
    return new Group(
        observation.node(),
        observation.sources().stream().sorted().toList(),
        day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
  }

  private static List<Observation> old(Connection connection, Instant before) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT * FROM item WHERE kind = 0 AND shown = 1 AND type <> 'summary' AND time < ?"
                + " ORDER BY time, id")) {
      query.setLong(1, before.toEpochMilli());
      List<Observation> found = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(ItemTable.read(rows).observation());
        }
      }
      return found;
    }
  }
}
