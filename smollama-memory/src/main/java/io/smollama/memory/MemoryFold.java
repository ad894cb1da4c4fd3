package io.smollama.memory;

import io.smollama.core.EntryId;
import io.smollama.core.ReplicaId;
import io.smollama.core.UnsetClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes facts of their events. A pure function of the set of events: it sorts them by their order
 * key, so the order and the repetition of what it is given change nothing. Whole numbers only.
 */
final class MemoryFold {
  /** No origin can confirm a fact more often than this: a looping model cannot vote itself true. */
  static final int MOST_CONFIRMATIONS = 20;

  private static final int CONFIRMATION = 50;
  private static final int DISPUTE = 100;

  private final Set<EntryId> members;
  private final Event first;
  private final Map<ReplicaId, Integer> confirmations = new HashMap<>();
  private int disputes;
  private int adds;
  private int highest = Event.LEAST_CONFIDENCE;
  private Optional<Integer> edited = Optional.empty();
  private String text = "";
  private boolean tainted;
  private List<String> tags = List.of();
  private Optional<Instant> validFrom = Optional.empty();
  private Optional<Instant> validTo = Optional.empty();
  private Optional<Instant> hiddenFrom = Optional.empty();
  private boolean settledByOperator;

  private MemoryFold(Set<EntryId> members, Event first) {
    this.members = members;
    this.first = first;
  }

  /**
   * One fact.
   *
   * @param members the entries that state it; more than one if facts were merged
   * @param settledByOperator whether a person retracted or restored it
   */
  record Fact(Set<EntryId> members, ItemState state, boolean settledByOperator) {}

  /** All facts among the events. */
  static List<Fact> all(Collection<Event> events) {
    Set<EntryId> stated = new HashSet<>();
    events.stream().filter(MemoryFold::adds).forEach(event -> stated.add(event.id()));
    return of(stated, events);
  }

  /**
   * The facts that some entries state. The events must hold all that concern these entries, and all
   * that concern what they are merged with.
   */
  static List<Fact> of(Set<EntryId> stated, Collection<Event> events) {
    SortedSet<Event> ordered = new TreeSet<>(Event.ORDER);
    ordered.addAll(events);
    MergedFacts merged = MergedFacts.of(stated, ordered);
    Map<EntryId, MemoryFold> folds = new HashMap<>();
    for (Event event : ordered) {
      if (adds(event) && stated.contains(event.id())) {
        EntryId canonical = merged.canonical(event.id());
        folds.computeIfAbsent(
            canonical, id -> new MemoryFold(merged.members(id), event)); // the first by order
      }
    }
    for (Event event : ordered) {
      Set<MemoryFold> concerned = new HashSet<>();
      for (EntryId id : event.concerns()) {
        Optional.ofNullable(folds.get(merged.canonical(id))).ifPresent(concerned::add);
      }
      concerned.forEach(fold -> fold.apply(event));
    }
    List<Fact> facts = new ArrayList<>();
    for (MemoryFold fold : folds.values()) {
      facts.add(new Fact(fold.members, fold.state(), fold.settledByOperator));
    }
    return facts;
  }

  private static boolean adds(Event event) {
    return event.type().equals(Payloads.MEM_ADD);
  }

  private void apply(Event event) {
    switch (event.type()) {
      case Payloads.MEM_ADD -> {
        if (members.contains(event.id())) {
          add(event);
        } else {
          Instant since = since(event); // it supersedes this one
          validTo =
              isOfUnsetClock(event, since)
                  ? event.workedOut().or(() -> validTo).or(() -> Optional.of(said(since)))
                  : Optional.of(since);
        }
      }
      case Payloads.MEM_CONFIRM -> confirmations.merge(event.origin(), 1, Integer::sum);
      case Payloads.MEM_DISPUTE -> disputes++;
      case Payloads.MEM_EDIT -> {
        edited = event.permille().or(() -> edited);
        write(event);
        event
            .instant("valid_to")
            .filter(end -> isOfUnsetClock(event, end))
            .ifPresent(end -> validTo = Optional.of(event.workedOut().orElse(said(end))));
      }
      case Payloads.MEM_RETRACT, Payloads.MEM_RESTORE -> settle(event);
      default -> {} // a merge is in the members
    }
  }

  private void add(Event event) {
    adds++;
    highest = Math.max(highest, event.permille().orElse(0));
    write(event);
    // what an import brought had a life before: it was said so often, and may have been retracted
    event.saidBefore().ifPresent(n -> confirmations.merge(event.origin(), n, Integer::sum));
    if (event.isInactive()) {
      settle(event);
    }
  }

  /** From when on a fact that supersedes another holds; 1970 if nobody knows. */
  private static Instant since(Event event) {
    return event.instant("valid_from").or(event::time).orElse(Instant.EPOCH);
  }

  /** Whether it was no person who named the year 1970, but a clock that was not set. */
  private static boolean isOfUnsetClock(Event event, Instant bound) {
    return UnsetClock.gave(bound) && event.seen().map(UnsetClock::gave).orElse(true);
  }

  /** A fact that ended nobody knows when did not end before it was said. */
  private Instant said(Instant end) {
    return first.time().filter(end::isBefore).orElse(end);
  }

  /** The end never lies before the begin: such a fact is true at no time. */
  private Optional<Instant> end() {
    return validTo.map(end -> validFrom.filter(end::isBefore).orElse(end));
  }

  /** Whoever writes last is read; events come in their order. */
  private void write(Event event) {
    event
        .text("text")
        .filter(words -> !words.isBlank())
        .ifPresent(
            words -> {
              text = words;
              tainted = event.flag("tainted");
            });
    event.texts("tags").ifPresent(list -> tags = list);
    if (event.bounds("valid_from")) {
      validFrom = event.instant("valid_from");
    }
    if (event.bounds("valid_to")) {
      validTo = event.instant("valid_to");
    }
  }

  /** No agent overturns a person. */
  private void settle(Event event) {
    if (settledByOperator && !event.byOperator()) {
      return;
    }
    settledByOperator = event.byOperator();
    if (event.type().equals(Payloads.MEM_RESTORE)) {
      hiddenFrom = Optional.empty();
    } else if (hiddenFrom.isEmpty()) {
      hiddenFrom = event.time().or(() -> Optional.of(Instant.EPOCH));
    }
  }

  private ItemState state() {
    int confirmed = adds + sum(confirmations, MOST_CONFIRMATIONS);
    int confidence = edited.orElse(highest) + CONFIRMATION * (confirmed - 1) - DISPUTE * disputes;
    return new ItemState(
        first.id(),
        KnowledgeKind.MEMORY,
        "fact",
        text,
        Math.max(0, Math.min(1000, confidence)),
        confirmed,
        first.when(),
        first.entry().lamport(),
        first.origin(),
        first.text("node").orElse(""),
        List.of(),
        first.text("provenance").orElse(""),
        hiddenFrom,
        validFrom,
        end(),
        tainted,
        first.text("ref").orElse(""),
        tags);
  }

  private static int sum(Map<ReplicaId, Integer> byOrigin, int most) {
    return byOrigin.values().stream().mapToInt(times -> Math.min(times, most)).sum();
  }
}
