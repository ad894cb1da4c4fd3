package io.smollama.memory;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.SourceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** Observations and facts as lines of an export; a key that says the usual is left out. */
final class KnowledgeJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads a line that is one object and nothing else: a lost line break loses no line unnoticed.
   * Numbers keep all their digits.
   */
  static final ObjectReader LINE =
      JSON.reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  private static final double USUAL_CONFIDENCE = 0.8;

  private KnowledgeJson() {}

  static String write(KnowledgeRecord record) {
    ObjectNode line = JSON.createObjectNode().put("kind", record.kind().word());
    record.key().ifPresent(key -> line.put("id", key));
    record.time().ifPresent(time -> line.put("time", time.toString()));
    if (record.kind() == KnowledgeKind.OBSERVATION) {
      line.put("type", record.type().word());
    }
    line.put("text", record.text()).put("confidence", record.confidence());
    if (record.timesConfirmed() > 1) {
      line.put("confirmed", record.timesConfirmed());
    }
    if (!record.active()) {
      line.put("active", false);
    }
    list(line, "sources", record.sources().stream().map(SourceId::toString).toList());
    list(line, "tags", record.tags());
    record.ref().ifPresent(ref -> line.put("ref", ref));
    record.node().ifPresent(node -> line.put("node", node));
    line.put("provenance", record.provenance().word());
    if (record.tainted()) {
      line.put("tainted", true);
    }
    record.validFrom().ifPresent(from -> line.put("valid_from", from.toString()));
    record.validUntil().ifPresent(until -> line.put("valid_until", until.toString()));
    return line.toString();
  }

  static KnowledgeRecord record(JsonNode line) {
    KnowledgeKind kind = KnowledgeKind.valueOf(text(line, "kind").toUpperCase(Locale.ROOT));
    return new KnowledgeRecord(
        optional(line, "id"),
        kind,
        text(line, "text"),
        kind == KnowledgeKind.OBSERVATION ? type(line) : ObservationType.GENERAL,
        number(line, "confidence", USUAL_CONFIDENCE),
        (int) number(line, "confirmed", 1),
        flag(line, "active", true),
        time(line, "time"),
        strings(line, "sources").stream().map(SourceId::parse).toList(),
        strings(line, "tags"),
        optional(line, "ref"),
        optional(line, "node"),
        provenance(line),
        flag(line, "tainted", false),
        time(line, "valid_from"),
        time(line, "valid_until"));
  }

  private static void list(ObjectNode line, String key, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(line.putArray(key)::add);
    }
  }

  private static String text(JsonNode line, String key) {
    return optional(line, key)
        .orElseThrow(() -> new IllegalArgumentException("'%s' is missing".formatted(key)));
  }

  private static Optional<String> optional(JsonNode line, String key) {
    return value(line, key, "a text", one -> one.isTextual() || one.isIntegralNumber())
        .map(JsonNode::asText);
  }

  private static double number(JsonNode line, String key, double usual) {
    return value(line, key, "a number", JsonNode::isNumber).map(JsonNode::asDouble).orElse(usual);
  }

  private static boolean flag(JsonNode line, String key, boolean usual) {
    return value(line, key, "true or false", JsonNode::isBoolean)
        .map(JsonNode::asBoolean)
        .orElse(usual);
  }

  private static List<String> strings(JsonNode line, String key) {
    List<String> found = new ArrayList<>();
    value(line, key, "a list of texts", KnowledgeJson::isListOfTexts)
        .ifPresent(list -> list.forEach(text -> found.add(text.asText())));
    return found;
  }

  private static boolean isListOfTexts(JsonNode value) {
    return value.isArray()
        && StreamSupport.stream(value.spliterator(), false).allMatch(JsonNode::isTextual);
  }

  /** Empty if it is left out or null. */
  private static Optional<JsonNode> value(
      JsonNode line, String key, String wanted, Predicate<JsonNode> fits) {
    JsonNode value = line.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    } else if (!fits.test(value)) {
      throw new IllegalArgumentException("'%s' is %s, was %s".formatted(key, wanted, value));
    }
    return Optional.of(value);
  }

  private static ObservationType type(JsonNode line) {
    String word = optional(line, "type").orElse(ObservationType.GENERAL.word());
    return ObservationType.ofWord(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'type' is pattern, anomaly, status, general or summary, was '%s'"
                        .formatted(word)));
  }

  private static Provenance provenance(JsonNode line) {
    String word = optional(line, "provenance").orElse(Provenance.OPERATOR.word());
    return Provenance.ofWord(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'provenance' is operator, observer or model, was '%s'".formatted(word)));
  }

  private static Optional<Instant> time(JsonNode line, String key) {
    return optional(line, key).map(text -> TimeText.parse("'" + key + "'", text));
  }
}
