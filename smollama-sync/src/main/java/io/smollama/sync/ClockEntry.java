package io.smollama.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.ClockMark;
import io.smollama.core.NewEntry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The form of {@code ctl.clock} entries, see {@code docs/journal-format.md}. */
final class ClockEntry {
  static final String TYPE = "ctl.clock";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LONGEST_ERROR = Duration.ofDays(1).toMillis();

  private ClockEntry() {}

  /** Says that the wall clock in the header of the entry is synchronised. */
  static NewEntry synchronised(String reason) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    return new NewEntry(TYPE, json.put("reason", reason).toString());
  }

  /** Says what a peer told. */
  static NewEntry told(PeerTime peer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("reason", "hello")
        .put("mono", peer.mono())
        .put("peer_time", peer.time().toEpochMilli())
        .put("within", peer.within().toMillis());
    return new NewEntry(TYPE, json.toString());
  }

  /** What an entry tells; empty if it is another kind of entry or makes no sense. */
  static Optional<ClockMark> mark(Entry entry) {
    EntryHeader header = entry.header();
    if (header.chain().stream() != ChainId.CONTROL || !header.type().equals(TYPE)) {
      return Optional.empty();
    }
    JsonNode json = entry.payload().map(ClockEntry::parsed).orElse(MissingNode.getInstance());
    if (!json.isObject()) {
      return Optional.empty();
    }
    return json.has("peer_time")
        ? told(header, json)
        : header
            .wall()
            .filter(wall -> header.quality().isSynchronised())
            .map(
                wall ->
                    new ClockMark(
                        header.boot(), header.mono(), wall, ClockMark.SYNCHRONISED, false));
  }

  private static Optional<ClockMark> told(EntryHeader header, JsonNode json) {
    long mono = whole(json, "mono");
    long within = whole(json, "within");
    JsonNode time = json.path("peer_time");
    boolean sound =
        mono >= 0
            && within >= 0
            && within <= LONGEST_ERROR
            && time.isIntegralNumber()
            && time.canConvertToLong()
            && Math.abs(time.longValue()) < EntryHeader.LIMIT;
    return sound
        ? Optional.of(
            new ClockMark(
                header.boot(),
                mono,
                Instant.ofEpochMilli(time.longValue()),
                ClockMark.SYNCHRONISED.plusMillis(within),
                true))
        : Optional.empty();
  }

  private static long whole(JsonNode json, String key) {
    JsonNode value = json.path(key);
    boolean sound =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.longValue() < EntryHeader.LIMIT;
    return sound ? value.longValue() : -1;
  }

  private static JsonNode parsed(byte[] payload) {
    try {
      return JSON.readTree(payload);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    } catch (IOException e) {
      throw new IllegalStateException("An array of bytes does not fail", e);
    }
  }
}
