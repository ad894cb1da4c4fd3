package io.smollama.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Gives entries of the log the form of Smollama for Python: what came from such a node exactly as
 * it was, the rest as far as that program has a form for it. Thread-safe.
 */
final class PythonForm {
  /** Where the original of an entry of such a node stands. */
  static final String KEY = "python";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS");
  private static final int FIRST_YEAR = 1;
  private static final int LAST_YEAR = 9999;
  private static final int CONFIRMATION = 50;
  private static final int MOST_SAID = 21;
  private static final long LAST_MILLISECOND = 1L << 53;

  private static final Set<String> STATING =
      Set.of("obs.add", "obs.summary", "mem.add", "mem.edit");
  private static final Set<String> ABOUT = Set.of("obs.retract", "mem.retract", "mem.restore");

  private final ZoneId zone;

  PythonForm(ZoneId zone) {
    this.zone = zone;
  }

  /** The object that a payload is; empty if it is none. */
  static Optional<ObjectNode> payload(Entry entry) {
    byte[] bytes = entry.bytes();
    try {
      return bytes != null && JSON.readTree(bytes) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** What a node of that program calls an entry. */
  static String idOf(EntryId entry, Optional<ObjectNode> payload) {
    return payload
        .flatMap(PythonForm::original)
        .map(PythonEntry::id)
        .orElseGet(() -> uuid(entry.hex()));
  }

  /** The first bytes of an id in the form of a UUID of version 8. */
  static String uuid(String hex) {
    int variant = Character.digit(hex.charAt(16), 16) & 3 | 8;
    return "%s-%s-8%s-%x%s-%s"
        .formatted(
            hex.substring(0, 8),
            hex.substring(8, 12),
            hex.substring(13, 16),
            variant,
            hex.substring(17, 20),
            hex.substring(20, 32));
  }

  /** Whether such an entry has a form there. */
  static boolean has(Entry entry, Optional<ObjectNode> payload) {
    if (payload.flatMap(PythonForm::original).isPresent()) {
      return true;
    }
    String type = entry.header().type();
    return entry.header().chain().stream() == ChainId.KNOWLEDGE
        && payload.isPresent()
        && (ABOUT.contains(type) && target(payload.get()).isPresent()
            || STATING.contains(type) && isText(payload.get().path("text")));
  }

  /** What came from such a node. */
  static Optional<PythonEntry> original(ObjectNode payload) {
    if (!(payload.path(KEY) instanceof ObjectNode kept)
        || !(kept.path("payload") instanceof ObjectNode rest)) {
      return Optional.empty();
    }
    ObjectNode json = kept.deepCopy();
    json.set("node_id", payload.path("node"));
    String words = kept.path("words").asText();
    if (!words.isEmpty()) {
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      whole.set(words, payload.path("text"));
      json.set("payload", whole.setAll(rest));
    }
    return PythonEntry.fault(json).isEmpty() ? Optional.of(PythonEntry.of(json)) : Optional.empty();
  }

  /**
   * An entry in that form.
   *
   * @param node what the node is called if the entry does not say
   * @param known looks for an entry that this one is about
   */
  Optional<PythonEntry> of(Entry entry, String node, Function<EntryId, Optional<Entry>> known) {
    Optional<ObjectNode> payload = payload(entry);
    if (!has(entry, payload)) {
      return Optional.empty();
    }
    return payload
        .flatMap(PythonForm::original)
        .or(() -> Optional.of(translated(entry, payload.orElseThrow(), node, known)));
  }

  private PythonEntry translated(
      Entry entry, ObjectNode payload, String node, Function<EntryId, Optional<Entry>> known) {
    String type = entry.header().type();
    ObjectNode said = payload;
    ObjectNode form = JsonNodeFactory.instance.objectNode();
    if (ABOUT.contains(type)) {
      said = target(payload).flatMap(known).flatMap(PythonForm::payload).orElse(form.deepCopy());
    }
    String text = said.path("text").asText();
    form.put("text", text);
    if (said.path("confidence").isNumber()) {
      form.put("confidence", share(said));
    }
    boolean observation = type.startsWith("obs.");
    if (observation) {
      form.put(
          "type", type.equals("obs.summary") ? "summary" : said.path("type").asText("general"));
      form.set(
          "related_sources",
          said.path("sources").isArray() ? said.path("sources") : form.arrayNode());
    } else {
      form.put("times_confirmed", Math.max(1, said.path("confirmed").asInt(1)));
      form.put("active", !type.equals("mem.retract") && said.path("active").asBoolean(true));
    }
    if (type.equals("obs.retract")) {
      form.put("active", false);
    }
    target(payload).ifPresent(about -> form.put("about", about.hex()));
    form.put("entry", entry.id().hex());
    return new PythonEntry(
        uuid(entry.id().hex()),
        entry.header().lamport(),
        isText(payload.path("node")) ? payload.path("node").textValue() : node,
        observation ? PythonEntry.OBSERVATION : PythonEntry.MEMORY,
        form,
        time(payload, entry));
  }

  /** With the confirmations that an imported fact had, which its permille leave out. */
  private static double share(ObjectNode said) {
    int counted = Math.max(1, Math.min(MOST_SAID, said.path("confirmed").asInt(1))) - 1;
    int permille = said.path("confidence").asInt() + CONFIRMATION * counted;
    return Math.max(0, Math.min(1000, permille)) / 1000.0;
  }

  private static boolean isText(JsonNode value) {
    return value.isTextual() && !value.textValue().isBlank();
  }

  /** What an entry is about. */
  private static Optional<EntryId> target(ObjectNode payload) {
    String hex = payload.path("memory").asText(payload.path("observation").asText());
    return hex.matches("[0-9a-f]{64}") ? Optional.of(new EntryId(hex)) : Optional.empty();
  }

  private String time(ObjectNode payload, Entry entry) {
    JsonNode said = payload.path("time");
    boolean sound =
        said.isIntegralNumber()
            && said.canConvertToLong()
            && Math.abs(said.longValue()) < LAST_MILLISECOND;
    Optional<Instant> time =
        sound ? Optional.of(Instant.ofEpochMilli(said.longValue())) : entry.header().wall();
    return written(time.orElse(Instant.EPOCH), zone);
  }

  /** A time as that program writes it: by the calendar of the place, without an offset. */
  static String written(Instant time, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(time, zone);
    boolean known = local.getYear() > FIRST_YEAR && local.getYear() < LAST_YEAR;
    return TIME.format(known ? local : LocalDateTime.ofInstant(Instant.EPOCH, zone));
  }
}
