package io.smollama.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smollama.memory.ArchiveLine;
import io.smollama.memory.CompactionReport;
import io.smollama.memory.ImportReport;
import io.smollama.memory.MemoryStats;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.ObservationSummariser;
import io.smollama.memory.VectorProgress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where a memory is looked after: JSON in, JSON out, the same over HTTP and for commands that open
 * the memory themselves. What is asked wrongly is an {@link IllegalArgumentException} with a
 * sentence. Thread-safe.
 */
public final class MemoryCare {
  private static final double USUAL_DAYS = 30;

  private final MemoryStore memory;
  private final InstantSource clock;
  private final ObservationSummariser summariser;

  /**
   * Care for a memory.
   *
   * @param summariser words for what is summed up
   */
  public MemoryCare(MemoryStore memory, InstantSource clock, ObservationSummariser summariser) {
    this.memory = memory;
    this.clock = clock;
    this.summariser = summariser;
  }

  /** How much is remembered, and how far the vectors are. */
  public ObjectNode stats() {
    MemoryStats stats = memory.stats();
    ObjectNode form =
        object()
            .put("readings", stats.readings())
            .put("sources", memory.readings().sources().size())
            .put("observations", stats.observations())
            .put("hidden_observations", stats.hidden())
            .put("memories", stats.memories())
            .put("inactive_memories", stats.inactive());
    form.set("vectors", progress(memory.upkeep().vectors()));
    return form;
  }

  /**
   * Takes lines of an export in: all of them, or none if one makes no sense.
   *
   * @param request {@code lines}, a list of texts
   */
  public ObjectNode take(JsonNode request) {
    List<ArchiveLine> lines = new ArrayList<>();
    for (JsonNode line : request.path("lines")) {
      try {
        lines.add(ArchiveLine.parse(line.asText()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "Line %d %s".formatted(lines.size() + 1, e.getMessage()), e);
      }
    }
    return form(memory.archive().take(lines));
  }

  /** What became of imported lines. */
  public static ObjectNode form(ImportReport report) {
    return object()
        .put("added", report.added())
        .put("confirmed", report.confirmed())
        .put("known", report.known())
        .put("readings", report.readings())
        .put("known_readings", report.knownReadings());
  }

  /**
   * Makes the index of words and all vectors anew.
   *
   * @param listener told after every few texts
   */
  public ObjectNode reindex(Consumer<VectorProgress> listener) {
    return progress(memory.upkeep().reindex(listener));
  }

  /** How far the vectors are. */
  public static ObjectNode progress(VectorProgress progress) {
    return object()
        .put("model", progress.model())
        .put("done", progress.done())
        .put("total", progress.total())
        .put("failure", progress.failure());
  }

  /**
   * Sums up old observations and lets go of readings that are older than they are to be kept.
   *
   * @param request {@code older_than_days} if wanted
   */
  public ObjectNode compact(JsonNode request) {
    JsonNode days = request.path("older_than_days");
    if (!days.isMissingNode() && !(days.isNumber() && days.asDouble() >= 0)) {
      throw new IllegalArgumentException("'older_than_days' is a number from 0, was " + days);
    }
    Duration age = Duration.ofSeconds((long) (days.asDouble(USUAL_DAYS) * 86_400));
    CompactionReport report = memory.upkeep().compact(clock.instant().minus(age), summariser);
    return object()
        .put("summaries", report.summaries())
        .put("covered", report.covered())
        .put("readings_let_go", memory.upkeep().retain());
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
