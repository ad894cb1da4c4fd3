package io.smollama.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.Act;
import io.smollama.core.ActRecord;
import io.smollama.core.AuditTrail;
import io.smollama.core.Caller;
import io.smollama.core.ReplicaId;
import io.smollama.core.SourceId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The acts of this node as entries of its journal, as docs/knowledge-format.md tells it. */
final class ActAudit implements AuditTrail {
  static final String TYPE = "act.audit";

  private final Database database;
  private final KnowledgeLog log;

  ActAudit(Database database, KnowledgeLog log) {
    this.database = database;
    this.log = log;
  }

  @Override
  public void record(ActRecord record) {
    log.append(TYPE, payload(record).toString());
  }

  private ObjectNode payload(ActRecord record) {
    Act act = record.act();
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("target", act.target().toString()).put("on", act.on());
    payload.put("caller", word(act.caller().kind())).put("caller_name", act.caller().name());
    if (!act.reason().isEmpty()) {
      payload.put("reason", act.reason());
    }
    act.lease().ifPresent(lease -> payload.put("lease", lease.toMillis()));
    if (act.confirmed()) {
      payload.put("confirmed", true);
    }
    payload.put("verdict", word(record.verdict())).put("says", record.says());
    record.readBack().ifPresent(on -> payload.put("read_back", on));
    return payload.put("time", record.time().toEpochMilli()).put("node", log.node());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<ActRecord> latest(Optional<SourceId> target, int limit) {
    return database.read(connection -> latest(connection, target, limit));
  }

  private List<ActRecord> latest(Connection connection, Optional<SourceId> target, int limit)
      throws SQLException {
    Set<ReplicaId> own = NodeNames.lineage(connection, log.origin());
    List<ActRecord> found = new ArrayList<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT payload, origin FROM event WHERE type = 'act.audit' ORDER BY number DESC");
        ResultSet rows = query.executeQuery()) {
      while (found.size() < limit && rows.next()) {
        boolean ours = own.contains(new ReplicaId(rows.getString(2)));
        Payloads.parse(rows.getString(1))
            .filter(payload -> ours)
            .flatMap(ActAudit::record)
            .filter(record -> target.map(record.act().target()::equals).orElse(true))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  /** What an entry tells; empty if it makes no sense. */
  private static Optional<ActRecord> record(JsonNode payload) {
    try {
      Caller.Kind kind = Caller.Kind.valueOf(upper(payload, "caller"));
      Act act =
          new Act(
              SourceId.parse(payload.path("target").asText()),
              payload.path("on").asBoolean(),
              new Caller(kind, payload.path("caller_name").asText()),
              payload.path("reason").asText(),
              payload.has("lease")
                  ? Optional.of(Duration.ofMillis(payload.path("lease").asLong()))
                  : Optional.empty(),
              payload.path("confirmed").asBoolean() && kind == Caller.Kind.PERSON);
      return Optional.of(
          new ActRecord(
              Instant.ofEpochMilli(payload.path("time").asLong()),
              act,
              ActRecord.Verdict.valueOf(upper(payload, "verdict")),
              payload.path("says").asText(),
              payload.has("read_back")
                  ? Optional.of(payload.path("read_back").asBoolean())
                  : Optional.empty()));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // of a later version
    }
  }

  private static String upper(JsonNode payload, String key) {
    return payload.path(key).asText().toUpperCase(Locale.ROOT);
  }
}
