package io.smollama.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An entry of the log of Smollama for Python, as its nodes send and read it. Such a node fails on a
 * whole page for one entry that it cannot read, so all are held to what it can. Immutable, if the
 * payload is left alone.
 *
 * @param id a UUID in what that program writes; any text here
 * @param lamport that node's Lamport timestamp
 * @param node its name
 * @param type {@code reading}, {@code observation}, {@code memory}, or one of a later version
 * @param createdAt its clock, as it wrote it: most often without an offset
 */
record PythonEntry(
    String id, long lamport, String node, String type, ObjectNode payload, String createdAt) {
  static final String READING = "reading";
  static final String OBSERVATION = "observation";
  static final String MEMORY = "memory";

  private static final int LONGEST_ID = 200;
  private static final int LONGEST_NODE = 200;
  private static final int LONGEST_TYPE = 64;

  /** What {@code datetime.fromisoformat} reads in every Python 3. */
  private static final Pattern TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{3}(\\d{3})?)?([+-]\\d\\d:\\d\\d)?");

  private static final int OFFSET = 3;

  /** Python knows no year 0, in whatever zone. */
  private static final Instant FIRST = Instant.parse("0001-01-02T00:00:00Z");

  /**
   * What ends a page that is not confirmed time after time: a reading that tells nothing. Nodes
   * with that program make nothing of readings of others.
   *
   * @param first the page's first stamp
   * @param now for who reads it
   */
  static PythonEntry endOfPage(String device, long first, Optional<Instant> now, ZoneId zone) {
    byte[] name = (device + "\n" + first).getBytes(StandardCharsets.UTF_8);
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    payload.put("full_id", "smollama:end-of-page").put("value", first).put("unit", "");
    String time = PythonForm.written(now.orElse(Instant.EPOCH), zone);
    return new PythonEntry(
        PythonForm.uuid(Sha256.hex(name)), first, "smollama", READING, payload, time);
  }

  /** What is wrong with such an entry; empty if it is sound. */
  static Optional<PythonFault> fault(JsonNode json) {
    boolean form =
        isText(json.path("id"), LONGEST_ID)
            && isText(json.path("node_id"), LONGEST_NODE)
            && isText(json.path("event_type"), LONGEST_TYPE)
            && json.path("payload").isObject()
            && json.path("lamport_ts").isIntegralNumber()
            && json.path("lamport_ts").canConvertToLong()
            && json.path("lamport_ts").longValue() >= 0
            && json.path("created_at").isTextual();
    if (!form) {
      return Optional.of(PythonFault.FORM);
    }
    return isTime(json.path("created_at").textValue())
        ? Optional.empty()
        : Optional.of(PythonFault.TIME);
  }

  private static boolean isText(JsonNode value, int longest) {
    return value.isTextual()
        && !value.textValue().isBlank()
        && value.textValue().length() <= longest;
  }

  private static boolean isTime(String text) {
    try {
      return TIME.matcher(text).matches() && time(text, ZoneOffset.UTC).isAfter(FIRST);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Reads a sound one, see {@link #fault}. */
  static PythonEntry of(JsonNode json) {
    return new PythonEntry(
        json.path("id").textValue(),
        json.path("lamport_ts").longValue(),
        json.path("node_id").textValue(),
        json.path("event_type").textValue(),
        (ObjectNode) json.path("payload"),
        json.path("created_at").textValue());
  }

  /** When it was written, by its clock. */
  Instant time(ZoneId zone) {
    return time(createdAt, zone);
  }

  private static Instant time(String text, ZoneId zone) {
    String iso = text.replace(' ', 'T');
    Matcher parts = TIME.matcher(text);
    return parts.matches() && parts.group(OFFSET) != null
        ? OffsetDateTime.parse(iso).toInstant()
        : LocalDateTime.parse(iso).atZone(zone).toInstant();
  }

  /** As such a node reads it, with another Lamport timestamp. */
  ObjectNode toJson(long stamp) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", id).put("lamport_ts", stamp).put("node_id", node).put("event_type", type);
    json.set("payload", payload);
    return json.put("created_at", createdAt).putNull("synced_at");
  }
}
