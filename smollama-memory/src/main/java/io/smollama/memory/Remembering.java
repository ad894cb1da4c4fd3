package io.smollama.memory;

import io.smollama.core.Embedding;
import io.smollama.core.EmbeddingModel;
import io.smollama.core.EntryId;
import io.smollama.core.UnsetClock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Remembers facts: says whether one is new, known already or takes the place of another, and
 * records that decision, so that no other node needs to make it again. Thread-safe.
 */
final class Remembering {
  private static final int MOST_CANDIDATES = 20;

  /** Retracted ones too, lest they come back by being said again. */
  private static final RecallFilter FACTS =
      RecallFilter.SHOWN.ofKinds(Set.of(KnowledgeKind.MEMORY)).withAll();

  private final Database database;
  private final KnowledgeLog log;
  private final Recall recall;
  private final Optional<Vectors> vectors;
  private final InstantSource clock;

  Remembering(
      Database database,
      KnowledgeLog log,
      Recall recall,
      Optional<Vectors> vectors,
      InstantSource clock) {
    this.database = database;
    this.log = log;
    this.recall = recall;
    this.vectors = vectors;
    this.clock = clock;
  }

  /** One at a time, else two who say the same at once would both be told that it is new. */
  synchronized Remembered remember(NewMemory fact) {
    if (!fact.supersedes().isEmpty()) {
      return replace(fact, fact.supersedes().stream().map(this::require).toList(), false);
    }
    List<Memory> known =
        database.read(connection -> Knowledge.ofTheFrame(connection, fact.fact())).stream()
            .filter(this::isComparable)
            .toList();
    Optional<Memory> verbatim =
        first(known, memory -> FactSimilarity.inTheseWords(fact.fact(), memory.fact()));
    if (verbatim.isPresent()) {
      return confirm(verbatim.get(), fact, false);
    }
    List<Memory> contradicted =
        known.stream()
            .filter(Memory::active)
            .filter(memory -> FactContradiction.between(fact.fact(), memory.fact()))
            .toList();
    // with several it is not clear which one is meant, and no agent overturns a person
    if (contradicted.size() == 1 && mayReplace(fact, contradicted.get(0))) {
      return replace(fact, contradicted, false);
    }
    Optional<Embedding> vector =
        contradicted.isEmpty() ? vectors.flatMap(all -> all.ofText(fact.fact())) : Optional.empty();
    Optional<Memory> same = vector.flatMap(v -> sameInMeaning(fact.fact(), v));
    return same.isPresent()
        ? confirm(same.get(), fact, true)
        : add(fact, List.of(), vector.isPresent());
  }

  /** What is true now, and what was retracted, lest it comes back by being said again. */
  private boolean isComparable(Memory memory) {
    Instant now = clock.instant();
    boolean isTrue =
        UnsetClock.gave(now) ? memory.validTo().isEmpty() : memory.validAt(now); // no end, no doubt
    return !memory.active() || isTrue;
  }

  private static Optional<Memory> first(List<Memory> known, Predicate<Memory> fits) {
    return known.stream().filter(fits).min(Comparator.comparing(memory -> !memory.active()));
  }

  private static boolean mayReplace(NewMemory fact, Memory older) {
    return fact.provenance() == Provenance.OPERATOR || older.provenance() != Provenance.OPERATOR;
  }

  private Optional<Memory> sameInMeaning(String fact, Embedding vector) {
    EmbeddingModel model = vectors.orElseThrow().model();
    List<Memory> near = new ArrayList<>();
    for (RecallSearch.Ranked candidate : recall.nearest(vector, FACTS, MOST_CANDIDATES)) {
      if (candidate.cosine() >= model.sameFact()) {
        database
            .read(connection -> Knowledge.memory(connection, (long) candidate.item()))
            .filter(this::isComparable)
            .filter(m -> FactSimilarity.same(fact, m.fact(), candidate.cosine(), model))
            .ifPresent(near::add);
      }
    }
    return first(near, memory -> true);
  }

  /** Saying a retracted fact again restores it only if a person says it. */
  private Remembered confirm(Memory known, NewMemory fact, boolean byMeaning) {
    Corrections.By by = new Corrections.By(fact.provenance(), "");
    boolean restored = !known.active() && fact.provenance() == Provenance.OPERATOR;
    if (restored) {
      log.append(Payloads.MEM_RESTORE, Payloads.about("memory", known.id(), by, log.node()));
    }
    log.append(Payloads.MEM_CONFIRM, Payloads.about("memory", known.id(), by, log.node()));
    return new Remembered(
        require(known.id()), Remembered.Outcome.CONFIRMED, List.of(), byMeaning, restored);
  }

  private Remembered replace(NewMemory fact, List<Memory> older, boolean byMeaning) {
    Instant from = fact.validFrom().or(fact::time).orElseGet(clock::instant);
    NewMemory dated =
        fact.replacing(older.stream().map(Memory::id).distinct().toList())
            .valid(
                UnsetClock.gave(from) ? fact.validFrom() : Optional.of(from), // else nobody knows
                fact.validTo());
    return add(dated, older, byMeaning);
  }

  private Remembered add(NewMemory fact, List<Memory> older, boolean byMeaning) {
    EntryId id = log.append(Payloads.MEM_ADD, Payloads.memory(fact, log.node())).id();
    return new Remembered(
        require(id),
        older.isEmpty() ? Remembered.Outcome.ADDED : Remembered.Outcome.REPLACED,
        older.stream().map(Memory::id).distinct().map(this::require).toList(),
        byMeaning,
        false);
  }

  private Memory require(EntryId id) {
    return database.read(connection -> Knowledge.requireMemory(connection, id));
  }
}
