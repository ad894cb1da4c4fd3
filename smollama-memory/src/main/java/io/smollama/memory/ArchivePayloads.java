package io.smollama.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.EntryId;
import io.smollama.core.NewEntry;
import io.smollama.core.SourceId;

/** The journal entries that imported lines become; one entry a line, so that it arrives whole. */
final class ArchivePayloads {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CONFIRMATION = 50;

  private ArchivePayloads() {}

  static NewEntry added(KnowledgeRecord record, String key, String node) {
    boolean observation = record.kind() == KnowledgeKind.OBSERVATION;
    ObjectNode payload = JSON.createObjectNode().put("text", record.text());
    if (observation) {
      payload.put("type", record.type().word());
    }
    payload.put("confidence", base(record));
    if (observation || !record.sources().isEmpty()) {
      record.sources().stream().map(SourceId::toString).forEach(payload.putArray("sources")::add);
    }
    payload.put("node", record.node().orElse(node));
    payload.put("provenance", record.provenance().word());
    if (!record.tags().isEmpty()) {
      record.tags().forEach(payload.putArray("tags")::add);
    }
    if (record.tainted()) {
      payload.put("tainted", true);
    }
    record.time().ifPresent(time -> payload.put("time", time.toEpochMilli()));
    record.ref().ifPresent(ref -> payload.put("ref", ref));
    record.validFrom().ifPresent(time -> payload.put("valid_from", time.toEpochMilli()));
    record.validUntil().ifPresent(time -> payload.put("valid_to", time.toEpochMilli()));
    if (record.timesConfirmed() > 1) {
      payload.put("confirmed", record.timesConfirmed());
    }
    if (!record.active()) {
      payload.put("active", false);
    }
    payload.put("key", key);
    return new NewEntry(observation ? Payloads.OBS_ADD : Payloads.MEM_ADD, payload.toString());
  }

  static NewEntry confirmed(KnowledgeRecord record, String key, EntryId known) {
    ObjectNode payload =
        JSON.createObjectNode()
            .put("memory", known.hex())
            .put("provenance", record.provenance().word())
            .put("key", key);
    return new NewEntry(Payloads.MEM_CONFIRM, payload.toString());
  }

  /** Permille, without what its confirmations will add again; may be below zero. */
  private static int base(KnowledgeRecord record) {
    int counted = Math.min(record.timesConfirmed(), 1 + MemoryFold.MOST_CONFIRMATIONS);
    return (int) Math.round(record.confidence() * 1000) - CONFIRMATION * (counted - 1);
  }
}
