package io.smollama.agent;

import io.smollama.memory.KnowledgeKind;
import io.smollama.memory.Memory;
import io.smollama.memory.MemoryStore;
import io.smollama.memory.NewMemory;
import io.smollama.memory.NewObservation;
import io.smollama.memory.Observation;
import io.smollama.memory.ObservationType;
import io.smollama.memory.Provenance;
import io.smollama.memory.RecallHit;
import io.smollama.memory.RecallQuery;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Recalling and remembering, for models. Thread-safe. */
final class MemoryTools {
  private static final double SURE_OF_A_MODEL = 0.6;
  private static final int MOST_HITS = 10;

  private final MemoryStore store;

  private MemoryTools(MemoryStore store) {
    this.store = store;
  }

  static Tool recalling(MemoryStore store) {
    return WorkTool.of(
        "recall",
        "Facts and observations that fit some words.",
        new MemoryTools(store)::recall,
        "query:string:what to look for",
        "limit?:integer:how many, 5 if left out");
  }

  static List<Tool> keeping(MemoryStore store) {
    MemoryTools tools = new MemoryTools(store);
    return List.of(
        WorkTool.of(
            "remember", "Keeps a fact for ever.", tools::remember, "fact:string:one sentence"),
        WorkTool.of(
            "observe",
            "Notes something that was noticed now.",
            tools::observe,
            "text:string:one sentence",
            "type?:string:pattern, anomaly, status or general"));
  }

  private ToolResult recall(ToolArguments arguments, Tool.Asker asker) {
    int limit = Math.max(1, Math.min(MOST_HITS, (int) arguments.number("limit", 5)));
    List<RecallHit> hits = store.recall(RecallQuery.of(arguments.text("query"), limit)).hits();
    String text = hits.stream().map(RecallHit::text).collect(Collectors.joining("\n"));
    if (hits.isEmpty()) {
      return ToolResult.of("nothing is known of that");
    }
    return hits.stream().anyMatch(hit -> isFromOutside(hit, store))
        ? ToolResult.quoting(text)
        : ToolResult.of(text);
  }

  /** Whether somebody else can have written what was recalled. */
  static boolean isFromOutside(RecallHit hit, MemoryStore store) {
    return hit.kind() == KnowledgeKind.MEMORY
        ? store.memory(hit.id()).filter(Memory::tainted).isPresent()
        : store.observation(hit.id()).filter(Observation::tainted).isPresent();
  }

  private ToolResult remember(ToolArguments arguments, Tool.Asker asker) {
    NewMemory fact = new NewMemory(arguments.text("fact"), SURE_OF_A_MODEL, Provenance.MODEL);
    Memory kept = store.remember(asker.readOutside() ? fact.fromOutside() : fact).memory();
    return ToolResult.ofKept("kept: " + kept.fact());
  }

  private ToolResult observe(ToolArguments arguments, Tool.Asker asker) {
    String type = arguments.text("type", "general").toUpperCase(Locale.ROOT);
    NewObservation noticed =
        new NewObservation(
            arguments.text("text"),
            Stream.of(ObservationType.values())
                .filter(one -> one.name().equals(type))
                .findFirst()
                .orElse(ObservationType.GENERAL),
            SURE_OF_A_MODEL,
            List.of(),
            Provenance.MODEL);
    return ToolResult.ofKept(
        "noted: " + store.observe(asker.readOutside() ? noticed.fromOutside() : noticed).text());
  }
}
