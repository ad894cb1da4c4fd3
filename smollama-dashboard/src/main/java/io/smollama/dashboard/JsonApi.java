package io.smollama.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.memory.MemoryStats;
import io.smollama.memory.NewMemory;
import io.smollama.memory.Provenance;
import io.smollama.memory.RecallHit;
import java.util.List;
import java.util.Optional;

/** The endpoints under {@code /api}. Thread-safe. */
final class JsonApi {
  static final int USUAL_LIMIT = 20;

  private final NodeView node;
  private final LatestReadings readings;
  private final KnowledgeSearch search;
  private final Questions questions;

  JsonApi(NodeView node, LatestReadings readings, KnowledgeSearch search, Questions questions) {
    this.node = node;
    this.readings = readings;
    this.search = search;
    this.questions = questions;
  }

  Reply readings(Request request) {
    ObjectNode body = stamped();
    body.set("readings", JsonForms.array(readings.all(), JsonForms::reading));
    return Reply.json(200, body);
  }

  Reply observations(Request request) {
    ObservationFilter filter = ObservationFilter.of(request, USUAL_LIMIT);
    List<RecallHit> found = search.observations(filter);
    ObjectNode body =
        JsonForms.object()
            .put("query", filter.query().orElse(""))
            .put("hours", filter.hours())
            .put("count", found.size());
    body.set("observations", JsonForms.array(found, JsonForms::observation));
    return Reply.json(200, body);
  }

  Reply memories(Request request) {
    Optional<String> query = query(request);
    List<RecallHit> found = search.facts(query, limit(request));
    ObjectNode body = JsonForms.object().put("query", query.orElse("")).put("count", found.size());
    body.set("memories", JsonForms.array(found, KnowledgeForms::fact));
    return Reply.json(200, body);
  }

  /** A fact within its bounds. */
  static NewMemory newMemory(String fact, double confidence) {
    try {
      return new NewMemory(fact, confidence, Provenance.OPERATOR);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("%s.", e.getMessage());
    }
  }

  Reply ask(Request request) {
    return Reply.json(
        200,
        KnowledgeForms.answer(
            questions.ask(
                request.required(request.json(), "question", "how warm is the kitchen?"))));
  }

  Reply stats(Request request) {
    MemoryStats stats = node.memory().stats();
    return Reply.json(
        200,
        stamped()
            .put("node_name", node.name())
            .put("observations_count", stats.observations())
            .put("memories_count", stats.memories())
            .put("readings_count", stats.readings())
            .put("source_count", readings.all().size())
            .put("version", node.version()));
  }

  Reply health(Request request) {
    return Reply.json(200, wellness());
  }

  /** The health, and how sharing stands in numbers. */
  Reply status(Request request) {
    ObjectNode body = wellness();
    node.sync().ifPresent(desk -> body.set("sync", desk.status()));
    return Reply.json(200, body);
  }

  private ObjectNode wellness() {
    Wellness wellness = new Wellness(node.health().get());
    ObjectNode body =
        stamped()
            .put("status", wellness.word())
            .put("node_name", node.name())
            .put("version", node.version());
    ObjectNode components = body.putObject("components");
    for (PartHealth part : wellness.parts()) {
      components.putObject(part.part()).put("state", part.state().word()).put("says", part.says());
    }
    return body;
  }

  static Optional<String> query(Request request) {
    return request.words("q").or(() -> request.words("query"));
  }

  static int limit(Request request) {
    return request.number("limit", USUAL_LIMIT, 1, ObservationFilter.MOST);
  }

  private ObjectNode stamped() {
    return JsonForms.object().put("timestamp", node.clock().instant().toString());
  }
}
