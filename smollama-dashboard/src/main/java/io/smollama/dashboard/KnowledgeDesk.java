package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.core.EntryId;
import io.smollama.core.SourceId;
import io.smollama.memory.Corrections;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryEdit;
import io.smollama.memory.MemoryFilter;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.Observation;
import io.smollama.memory.Provenance;
import io.smollama.memory.RecallQuery;
import io.smollama.memory.RecallResult;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a person looks through what is known and corrects it: JSON in, JSON out, the same over HTTP
 * and for commands that open the memory themselves. Ids may be cut to their first digits; times are
 * like {@code 2026-03-01T12:00:00Z}. What is asked wrongly is an {@link IllegalArgumentException}
 * with a sentence. Thread-safe.
 */
public final class KnowledgeDesk {
  /** What can be changed: the last part of the path under {@code /api/memory}. */
  public static final Set<String> CHANGES =
      Set.of("confirm", "dispute", "edit", "retract", "restore", "merge", "retract-observation");

  private static final int USUAL_LIMIT = 20;
  private static final RecallResult NOTHING = new RecallResult(List.of(), true, 0);

  private final MemoryStore memory;
  private final InstantSource clock;
  private final String here;

  /**
   * A desk over a memory.
   *
   * @param here the name of this node; what others said is marked
   */
  public KnowledgeDesk(MemoryStore memory, InstantSource clock, String here) {
    this.memory = memory;
    this.clock = clock;
    this.here = here;
  }

  /**
   * Remembers what a person says.
   *
   * @param request {@code fact}; {@code confidence}, {@code tags}, {@code valid_from}, {@code
   *     valid_to}, {@code replaces} (an id) if wanted
   */
  public ObjectNode remember(JsonNode request) {
    FieldReader fields = new FieldReader(request);
    NewMemory fact =
        new NewMemory(
                fields.required("fact"),
                fields.share("confidence").orElse(0.8),
                Provenance.OPERATOR)
            .tagged(fields.texts("tags").orElse(List.of()))
            .valid(fields.time("valid_from"), fields.time("valid_to"));
    Optional<String> replaces = fields.text("replaces");
    return KnowledgeForms.remembered(
        memory.remember(replaces.isPresent() ? fact.replacing(memory(replaces.get()).id()) : fact),
        clock.instant());
  }

  /**
   * Facts, newest first: those that are true now, unless it is asked otherwise.
   *
   * @param request {@code all} (retracted and past ones too), {@code at} (true at a time), {@code
   *     believed} (as was believed at a time), {@code tag}, {@code node}, {@code limit}
   */
  public ObjectNode list(JsonNode request) {
    FieldReader fields = new FieldReader(request);
    boolean all = fields.flag("all");
    Optional<Instant> believed = fields.time("believed");
    Instant at = fields.time("at").or(() -> believed).orElseGet(clock::instant);
    MemoryFilter filter =
        new MemoryFilter(
            !all,
            all && fields.time("at").isEmpty() ? Optional.empty() : Optional.of(at),
            believed,
            fields.text("tag"),
            fields.text("node"),
            fields.number("limit", USUAL_LIMIT, ObservationFilter.MOST));
    List<Memory> found = memory.memories(filter);
    ObjectNode form = JsonNodeFactory.instance.objectNode().put("count", found.size());
    form.set("memories", KnowledgeForms.array(found, this::form));
    return form;
  }

  /**
   * What is found by words and by meaning, best first.
   *
   * @param request {@code q}, {@code limit}; {@code kind}, {@code type}, {@code node}, {@code
   *     source} (several parted by commas, of a source {@code *} for any characters), {@code
   *     since}, {@code until}, {@code as_of}, {@code all} (hidden and past ones too) if wanted
   */
  public ObjectNode recall(JsonNode request) {
    List<SourceId> known = memory.upkeep().sources();
    RecallQuery query = RecallRequest.of(request, known);
    Set<String> patterns = RecallRequest.patterns(request);
    if (!patterns.isEmpty() && query.filter().sources().isEmpty()) {
      return KnowledgeForms.recalled(query.text(), NOTHING, clock.instant())
          .put("note", KnownSources.noneOf(patterns, known));
    }
    ObjectNode form = KnowledgeForms.recalled(query.text(), memory.recall(query), clock.instant());
    form.path("hits").forEach(hit -> KnowledgeForms.marked((ObjectNode) hit, here));
    return form;
  }

  /**
   * One fact with what happened to it, or one observation.
   *
   * @param request {@code id}
   */
  public ObjectNode show(JsonNode request) {
    String id = new FieldReader(request).required("id");
    Optional<Memory> fact = memory.memory(id);
    if (fact.isEmpty()) {
      return form(observation(id));
    }
    ObjectNode form = form(fact.get());
    form.set(
        "history",
        KnowledgeForms.array(
            memory.corrections().history(fact.get().id()), KnowledgeForms::change));
    return form;
  }

  /**
   * Makes a correction in the name of a person and gives the fact or observation as it stands now.
   *
   * @param what one of {@link #CHANGES}
   * @param request {@code id}; {@code other} to merge with; {@code reason}; for an edit {@code
   *     text}, {@code confidence}, {@code tags}, {@code valid_from}, {@code valid_to}, the last two
   *     {@code null} for no bound
   * @return with a {@code note} if it was so already, so that nothing was recorded
   */
  public ObjectNode change(String what, JsonNode request) {
    FieldReader fields = new FieldReader(request);
    Corrections.By by = new Corrections.By(Provenance.OPERATOR, fields.text("reason").orElse(""));
    String id = fields.required("id");
    Corrections corrections = memory.corrections();
    return switch (what) {
      case "confirm" -> form(corrections.confirm(memory(id).id(), by));
      case "dispute" -> form(corrections.dispute(memory(id).id(), by));
      case "retract" -> {
        Memory fact = memory(id);
        yield noted(
            form(corrections.retract(fact.id(), by)), !fact.active(), "it was retracted already");
      }
      case "restore" -> {
        Memory fact = memory(id);
        yield noted(
            form(corrections.restore(fact.id(), by)), fact.active(), "it was not retracted");
      }
      case "edit" -> form(corrections.edit(memory(id).id(), edit(fields), by));
      case "merge" ->
          form(corrections.merge(memory(id).id(), memory(fields.required("other")).id(), by));
      case "retract-observation" -> {
        EntryId observation = observation(id).id();
        boolean already = corrections.isRetracted(observation);
        ObjectNode form = form(corrections.retractObservation(observation, by));
        yield noted(form, already, "it was retracted already");
      }
      default ->
          throw new IllegalArgumentException(
              "What is known can be changed by %s, not by '%s'".formatted(CHANGES, what));
    };
  }

  private static ObjectNode noted(ObjectNode form, boolean holds, String note) {
    return holds ? form.put("note", note) : form;
  }

  private static MemoryEdit edit(FieldReader fields) {
    if (fields.object().has("text") && fields.text("text").isEmpty()) {
      throw new IllegalArgumentException(
          "A fact needs words. If it was never right, retract it instead");
    }
    return new MemoryEdit(
        fields.text("text"),
        fields.share("confidence"),
        fields.texts("tags"),
        fields.isNull("valid_from") ? Optional.of(Instant.MIN) : fields.time("valid_from"),
        fields.isNull("valid_to") ? Optional.of(Instant.MAX) : fields.time("valid_to"));
  }

  private Memory memory(String id) {
    return memory
        .memory(id)
        .orElseThrow(() -> new IllegalArgumentException("There is no fact " + id));
  }

  private Observation observation(String id) {
    return memory
        .observation(id)
        .orElseThrow(
            () -> new IllegalArgumentException("There is no fact and no observation " + id));
  }

  private ObjectNode form(Memory fact) {
    return KnowledgeForms.marked(KnowledgeForms.memory(fact, clock.instant()), here);
  }

  private ObjectNode form(Observation observation) {
    return KnowledgeForms.marked(KnowledgeForms.observation(observation, clock.instant()), here);
  }
}
