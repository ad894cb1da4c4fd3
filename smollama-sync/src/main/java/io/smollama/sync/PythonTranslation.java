package io.smollama.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.ChainId;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import io.smollama.core.SourceId;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Makes entries of the log from those of Smollama for Python. What came stays in them under {@code
 * python}, so that nodes with that program get it back as it was. What says nothing that this
 * program knows is kept as {@link #OTHER}, which nothing folds. Thread-safe.
 */
final class PythonTranslation {
  /** A reading that a node took down. */
  static final String READING = "reading.add";

  /** Something of that program that has no form here. */
  static final String OTHER = "python.entry";

  private static final Set<String> TYPES = Set.of("pattern", "anomaly", "status", "summary");
  private static final double USUAL_CONFIDENCE = 0.5;
  private static final int CONFIRMATION = 50;
  private static final int MOST_CONFIRMATIONS = 20;

  private final ZoneId zone;
  private final Function<String, Optional<EntryId>> knownFacts;

  /**
   * A translation.
   *
   * @param zone where the nodes stand: most of their times have no offset
   * @param knownFacts the active fact that is held in these words
   */
  PythonTranslation(ZoneId zone, Function<String, Optional<EntryId>> knownFacts) {
    this.zone = zone;
    this.knownFacts = knownFacts;
  }

  /** What is to be written; empty if it is larger than an entry may be. */
  Optional<Draft> draft(PythonEntry entry) {
    boolean raw = entry.type().equals(PythonEntry.READING);
    Optional<String> said = saidBy(entry);
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    String type = OTHER;
    if (said.isPresent() && entry.type().equals(PythonEntry.OBSERVATION)) {
      type = observation(entry, said.get(), payload);
    } else if (said.isPresent() && entry.type().equals(PythonEntry.MEMORY)) {
      type = memory(entry, said.get(), payload);
    } else if (raw) {
      type = reading(entry, payload);
    }
    payload.put("node", entry.node()).put("time", entry.time(zone).toEpochMilli());
    if (type.equals(OTHER) || raw) {
      payload.set(PythonForm.KEY, original(entry, Optional.empty()));
    } else {
      payload.put("provenance", "model").put("key", key(entry.id()));
      Optional<String> shared = payload.has("text") ? said : Optional.empty();
      payload.set(PythonForm.KEY, original(entry, shared));
    }
    String text = payload.toString();
    return text.getBytes(StandardCharsets.UTF_8).length > JournalEntry.MAX_PAYLOAD_BYTES
        ? Optional.empty()
        : Optional.of(Draft.of(raw ? ChainId.READINGS : ChainId.KNOWLEDGE, type, text));
  }

  /** Under which key its words are. */
  private static Optional<String> saidBy(PythonEntry entry) {
    return Stream.of("text", "fact")
        .filter(key -> entry.payload().path(key).isTextual())
        .filter(key -> !entry.payload().path(key).textValue().isBlank())
        .findFirst();
  }

  private static String observation(PythonEntry entry, String said, ObjectNode payload) {
    String type = entry.payload().path("type").asText();
    payload.put("text", entry.payload().path(said).textValue());
    payload.put("type", TYPES.contains(type) ? type : "general");
    payload.put("confidence", permille(entry));
    sources(entry.payload().path("related_sources"), payload.putArray("sources"));
    return "obs.add";
  }

  /** As an import: what is known in these words is confirmed. */
  private String memory(PythonEntry entry, String said, ObjectNode payload) {
    String text = entry.payload().path(said).textValue();
    boolean active = entry.payload().path("active").asBoolean(true);
    Optional<EntryId> known = active ? knownFacts.apply(text) : Optional.empty();
    if (known.isPresent()) {
      payload.put("memory", known.get().hex());
      return "mem.confirm";
    }
    int confirmed = Math.max(1, entry.payload().path("times_confirmed").asInt(1));
    int counted = Math.min(confirmed, 1 + MOST_CONFIRMATIONS) - 1;
    payload.put("text", text).put("confidence", permille(entry) - CONFIRMATION * counted);
    if (confirmed > 1) {
      payload.put("confirmed", confirmed);
    }
    if (!active) {
      payload.put("active", false);
    }
    return "mem.add";
  }

  private static String reading(PythonEntry entry, ObjectNode payload) {
    JsonNode from = entry.payload();
    String source =
        from.has("source_type") && from.has("source_id")
            ? from.path("source_type").asText() + ":" + from.path("source_id").asText()
            : from.path("full_id").asText();
    if (!isSource(source) || !from.has("value")) {
      return OTHER;
    }
    payload.put("source", source).set("value", from.path("value"));
    payload.put("unit", from.path("unit").asText(""));
    return READING;
  }

  private static int permille(PythonEntry entry) {
    double share = entry.payload().path("confidence").asDouble(USUAL_CONFIDENCE);
    return (int) Math.round(Math.max(0, Math.min(1, share)) * 1000);
  }

  private static void sources(JsonNode from, ArrayNode to) {
    from.forEach(
        source -> {
          if (source.isTextual() && isSource(source.textValue())) {
            to.add(source.textValue());
          }
        });
  }

  private static boolean isSource(String text) {
    try {
      return SourceId.parse(text).toString().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** What came, but for the words that stand beside it. */
  private static ObjectNode original(PythonEntry entry, Optional<String> shared) {
    ObjectNode original = JsonNodeFactory.instance.objectNode();
    original.put("id", entry.id()).put("lamport_ts", entry.lamport());
    original.put("event_type", entry.type()).put("created_at", entry.createdAt());
    ObjectNode rest = entry.payload().deepCopy();
    shared.ifPresent(
        said -> {
          rest.remove(said);
          original.put("words", said);
        });
    original.set("payload", rest);
    return original;
  }

  /** What an import of that node's own file calls the same entry. */
  static String key(String id) {
    String name =
        List.of("python", "log", id).stream()
            .map(PythonTranslation::counted)
            .reduce("", String::concat);
    return Sha256.hex(name.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
  }

  private static String counted(String part) {
    return part.getBytes(StandardCharsets.UTF_8).length + ":" + part;
  }
}
