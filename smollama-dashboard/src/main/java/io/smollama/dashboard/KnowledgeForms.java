package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.agent.Age;
import io.smollama.agent.Answer;
import io.smollama.core.TimeCertainty;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryChange;
import io.smollama.memory.Observation;
import io.smollama.memory.Provenance;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallResult;
import io.smollama.memory.Remembered;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How observations and facts are written in JSON, on the web and by commands. Immutable. */
public final class KnowledgeForms {
  /**
   * With the built-in model, what answered a question of the notes of a house lay at 0.19 and more,
   * what was nearest to questions about other matters at 0.15 and less.
   */
  private static final double NOT_FAR_OFF = 0.15;

  private KnowledgeForms() {}

  static <T> ArrayNode array(List<T> items, Function<T, JsonNode> form) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    items.forEach(item -> array.add(form.apply(item)));
    return array;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A recall: {@code query}, {@code by_meaning} and {@code hits}, best first. */
  public static ObjectNode recalled(String query, RecallResult found, Instant now) {
    ObjectNode form = object().put("query", query).put("by_meaning", found.byMeaning());
    if (found.uncompared() > 0) {
      form.put("uncompared", found.uncompared());
    }
    boolean listed = !found.hits().isEmpty() && found.hits().get(0).why() == RecallHit.Why.LATEST;
    if (listed && !query.isBlank()) {
      form.put("note", "The query has no word to look for; these are the latest");
    }
    form.set("hits", array(found.hits(), hit -> hit(hit, now)));
    return form;
  }

  /** An answer; {@code time} with {@code words}, {@code from} and {@code to} if it is of then. */
  public static ObjectNode answer(Answer answer) {
    ObjectNode form = object().put("question", answer.question()).put("answer", answer.text());
    ArrayNode sources = form.putArray("sources");
    answer.sources().forEach(source -> sources.add(source.reading().source().toString()));
    ArrayNode memories = form.putArray("memories");
    answer.memories().forEach(hit -> memories.add(hit.text()));
    form.put("model", answer.model().orElse(null));
    answer
        .time()
        .ifPresent(
            time ->
                form.putObject("time")
                    .put("words", time.words())
                    .put("from", time.from().toString())
                    .put("to", time.to().toString()));
    return form;
  }

  /** Whether it shares a word with the query or is not far off in meaning. */
  private static boolean isNear(RecallHit hit) {
    return hit.why() != RecallHit.Why.MEANING || hit.cosine() >= NOT_FAR_OFF;
  }

  private static ObjectNode hit(RecallHit hit, Instant now) {
    ObjectNode form =
        object()
            .put("id", hit.id().hex())
            .put("kind", hit.kind().word())
            .put("type", hit.type())
            .put("text", hit.text())
            .put("confidence", hit.confidence())
            .put("times_confirmed", hit.timesConfirmed())
            .put("timestamp", time(hit.time()))
            .put("node", hit.node())
            .put("ref", hit.ref().isEmpty() ? null : hit.ref())
            .put("score", hit.score())
            .put("why", why(hit))
            .put("age", age(hit.time(), hit.timeCertainty(), now));
    putTime(form, hit.time(), hit.timeCertainty());
    ArrayNode sources = form.putArray("sources");
    hit.sources().forEach(source -> sources.add(source.toString()));
    form.put("active", hit.hiddenFrom().isEmpty())
        .put("valid_from", time(hit.validFrom()))
        .put("valid_to", time(hit.validTo()))
        .put("true_now", hit.holds(now))
        .put("near", isNear(hit));
    hit.hiddenFrom()
        .ifPresent(
            from -> form.put("hidden_from", from.toString()).put("hidden_age", Age.of(from, now)));
    return form;
  }

  /** Marks what another node than this one said first. */
  static ObjectNode marked(ObjectNode form, String here) {
    String node = form.path("node").asText();
    return node.isEmpty() || node.equals(here) ? form : form.put("elsewhere", true);
  }

  static ObjectNode fact(RecallHit hit) {
    return object()
        .put("id", hit.id().hex())
        .put("text", hit.text())
        .put("confidence", hit.confidence())
        .put("times_confirmed", hit.timesConfirmed())
        .put("timestamp", time(hit.time()))
        .put("node", hit.node())
        .put("score", hit.score())
        .put("why", why(hit));
  }

  static ObjectNode memory(Memory memory, Instant now) {
    ObjectNode form =
        object()
            .put("id", memory.id().hex())
            .put("kind", "memory")
            .put("text", memory.fact())
            .put("confidence", memory.confidence())
            .put("times_confirmed", memory.timesConfirmed())
            .put("timestamp", time(memory.time()))
            .put("age", age(memory.time(), memory.timeCertainty(), now))
            .put("node", memory.node())
            .put("provenance", memory.provenance().word())
            .put("active", memory.active())
            .put("valid_from", time(memory.validFrom()))
            .put("valid_to", time(memory.validTo()))
            .put("true_now", memory.active() && memory.validAt(now))
            .put("tainted", memory.tainted())
            .put("ref", memory.ref());
    memory.tags().forEach(form.putArray("tags")::add);
    return putTime(form, memory.time(), memory.timeCertainty());
  }

  static ObjectNode observation(Observation observation, Instant now) {
    ObjectNode form =
        object()
            .put("id", observation.id().hex())
            .put("kind", "observation")
            .put("text", observation.text())
            .put("observation_type", observation.type().word())
            .put("confidence", observation.confidence())
            .put("timestamp", time(observation.time()))
            .put("age", age(observation.time(), observation.timeCertainty(), now))
            .put("node", observation.node())
            .put("provenance", observation.provenance().word())
            .put("hidden", observation.hidden())
            .put("tainted", observation.tainted())
            .put("ref", observation.ref());
    ArrayNode sources = form.putArray("related_sources");
    observation.sources().forEach(source -> sources.add(source.toString()));
    observation.tags().forEach(form.putArray("tags")::add);
    return putTime(form, observation.time(), observation.timeCertainty());
  }

  static ObjectNode change(MemoryChange change) {
    ObjectNode form =
        object()
            .put("entry", change.entry().hex())
            .put("timestamp", time(change.time()))
            .put("node", change.node())
            .put("provenance", change.provenance().map(Provenance::word).orElse(null))
            .put("what", change.what());
    change.others().forEach(other -> form.withArray("others").add(other.hex()));
    return putTime(form, change.time(), change.timeCertainty());
  }

  static ObjectNode remembered(Remembered remembered, Instant now) {
    ObjectNode form =
        object()
            .put(
                "status",
                switch (remembered.outcome()) {
                  case ADDED -> "stored";
                  case CONFIRMED -> "confirmed";
                  case REPLACED -> "replaced";
                })
            .put("fact", remembered.memory().fact())
            .put("confidence", remembered.memory().confidence())
            .put("times_confirmed", remembered.memory().timesConfirmed())
            .put("memory_id", remembered.memory().id().hex())
            .put("active", remembered.memory().active())
            .put("restored", remembered.restored())
            .put("valid_from", time(remembered.memory().validFrom()))
            .put("valid_to", time(remembered.memory().validTo()))
            .put("true_now", remembered.memory().active() && remembered.memory().validAt(now))
            .put("by_meaning", remembered.byMeaning());
    ArrayNode replaced = form.putArray("replaced");
    remembered
        .replaced()
        .forEach(old -> replaced.addObject().put("id", old.id().hex()).put("text", old.fact()));
    return form;
  }

  private static String why(RecallHit hit) {
    return hit.why().name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable String time(Optional<Instant> time) {
    return time.map(Instant::toString).orElse(null);
  }

  /** When it was, what that is, and to how much it is right if that is known. */
  private static ObjectNode putTime(
      ObjectNode form, Optional<Instant> time, TimeCertainty certainty) {
    form.put("time", time(time)).put("time_quality", certainty.kind().word());
    certainty.within().ifPresent(off -> form.put("time_uncertainty_ms", off.toMillis()));
    return form;
  }

  private static @Nullable String age(
      Optional<Instant> time, TimeCertainty certainty, Instant now) {
    return time.map(then -> Age.of(then, certainty, now)).orElse(null);
  }
}
