package io.smollama.memory;

import io.smollama.core.EntryId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Changes what is known: nothing is deleted, each change is one more entry of the journal. An id
 * that names nothing is an {@link IllegalArgumentException} that names it; the id of a fact that
 * was merged into another stands for that one. Thread-safe.
 */
public final class Corrections {
  /** So many ids are less than half of what a payload holds. */
  private static final int COVERED_PER_ENTRY = 400;

  private final Database database;
  private final KnowledgeLog log;

  Corrections(Database database, KnowledgeLog log) {
    this.database = database;
    this.log = log;
  }

  /**
   * Who makes a change, and why. Immutable.
   *
   * @param provenance who
   * @param reason why, in plain words; may be empty
   */
  public record By(Provenance provenance, String reason) {
    /** A person, who need not say why. */
    public static final By OPERATOR = new By(Provenance.OPERATOR, "");

    public By {
      Objects.requireNonNull(provenance, "provenance");
      reason = KnowledgeText.requireAtMost("A reason", reason);
    }
  }

  /** Says a fact once more; makes it surer, by at most 20 times per node. */
  public Memory confirm(EntryId id, By by) {
    return about(Payloads.MEM_CONFIRM, id, by);
  }

  /** Doubts a fact; makes it less sure. */
  public Memory dispute(EntryId id, By by) {
    return about(Payloads.MEM_DISPUTE, id, by);
  }

  /**
   * Takes a fact back. What a person retracted only a person can restore. One that is retracted
   * stays as it is, unless a person retracts what a model had.
   */
  public Memory retract(EntryId id, By by) {
    Memory memory = require(id);
    boolean stays =
        !memory.active() && (by.provenance() != Provenance.OPERATOR || isSettled(memory.id()));
    return stays ? memory : about(Payloads.MEM_RETRACT, id, by);
  }

  /**
   * Brings a retracted fact back; the result is not active if a person had retracted it. One that
   * is active stays as it is.
   */
  public Memory restore(EntryId id, By by) {
    Memory memory = require(id);
    return memory.active() ? memory : about(Payloads.MEM_RESTORE, id, by);
  }

  /** Whether a person has the last word on it. */
  private boolean isSettled(EntryId id) {
    return database.read(
        connection ->
            new ItemFold(connection, Optional.empty())
                .group(id).facts().stream().anyMatch(MemoryFold.Fact::settledByOperator));
  }

  private Memory about(String type, EntryId id, By by) {
    EntryId memory = require(id).id();
    log.append(type, Payloads.about("memory", memory, by, log.node()));
    return require(memory);
  }

  /** Changes the words, the confidence, the tags or the validity of a fact. */
  public Memory edit(EntryId id, MemoryEdit edit, By by) {
    EntryId memory = require(id).id();
    if (edit.equals(MemoryEdit.NONE)) {
      throw new IllegalArgumentException("An edit changes at least one thing");
    }
    log.append(Payloads.MEM_EDIT, Payloads.edit(memory, edit, by, log.node()));
    return require(memory);
  }

  /** Makes two facts one: it has the words that were written last and all confirmations. */
  public Memory merge(EntryId one, EntryId other, By by) {
    List<EntryId> memories = List.of(require(one).id(), require(other).id());
    if (memories.get(0).equals(memories.get(1))) {
      throw new IllegalArgumentException(
          "A fact cannot be merged with itself: %s and %s".formatted(one, other));
    }
    log.append(Payloads.MEM_MERGE, Payloads.merge(memories, by, log.node()));
    return require(one);
  }

  /** Takes an observation back, for ever; one that is retracted stays as it is. */
  public Observation retractObservation(EntryId id, By by) {
    Observation observation = requireObservation(id);
    if (isRetracted(id)) {
      return observation;
    }
    log.append(Payloads.OBS_RETRACT, Payloads.about("observation", id, by, log.node()));
    return requireObservation(id);
  }

  /** Whether an observation is retracted itself; a summary may hide it, too. */
  public boolean isRetracted(EntryId observation) {
    return database.read(
        connection ->
            new ItemFold(connection, Optional.empty())
                .concerning(observation).stream()
                    .filter(event -> event.type().equals(Payloads.OBS_RETRACT))
                    .anyMatch(event -> event.ids("observation").contains(observation)));
  }

  /**
   * Records what several observations say together and hides these; they are kept and can be read
   * by their ids. Retracting the summary shows them again.
   *
   * @param covers the observations, any number from one on
   */
  public Observation summarise(NewObservation summary, List<EntryId> covers) {
    List<EntryId> covered = new ArrayList<>(new LinkedHashSet<>(covers));
    if (covered.isEmpty()) {
      throw new IllegalArgumentException("A summary covers at least one observation");
    }
    covered.forEach(this::requireObservation);
    int first = Math.min(COVERED_PER_ENTRY, covered.size());
    EntryId id =
        log.append(
                Payloads.OBS_SUMMARY,
                Payloads.summary(summary, covered.subList(0, first), log.node()))
            .id();
    for (int from = first; from < covered.size(); from += COVERED_PER_ENTRY) {
      List<EntryId> more =
          covered.subList(from, Math.min(from + COVERED_PER_ENTRY, covered.size()));
      log.append(Payloads.OBS_SUMMARY, Payloads.summaryGoesOn(id, more, log.node()));
    }
    return requireObservation(id);
  }

  /**
   * What happened to a fact, first to last, in the order in which changes count; of each replica at
   * most 20 confirmations.
   */
  public List<MemoryChange> history(EntryId id) {
    EntryId memory = require(id).id();
    return database.read(connection -> MemoryHistory.of(connection, memory));
  }

  private Memory require(EntryId id) {
    return database.read(connection -> Knowledge.requireMemory(connection, id));
  }

  private Observation requireObservation(EntryId id) {
    return database
        .read(connection -> Knowledge.observation(connection, id))
        .orElseThrow(() -> new IllegalArgumentException("There is no observation " + id));
  }
}
