package io.smollama.memory;

import io.smollama.core.EntryId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes an observation of its events. A pure function of the set of events. Retracting wins for
 * ever; a summary hides what it covers, as long as it is not retracted itself.
 */
final class ObservationFold {
  private static final Set<String> STATING = Set.of(Payloads.OBS_ADD, Payloads.OBS_SUMMARY);

  private ObservationFold() {}

  /**
   * One observation; empty if it has not arrived.
   *
   * @param events all that concern it and all that concern the summaries that cover it
   */
  static Optional<ItemState> of(EntryId id, Collection<Event> events) {
    return statement(id, events).map(event -> state(event, hiddenFrom(id, events)));
  }

  private static Optional<Event> statement(EntryId id, Collection<Event> events) {
    return events.stream()
        .filter(event -> event.id().equals(id) && STATING.contains(event.type()) && event.states())
        .findFirst();
  }

  /** The summaries that cover an observation, by their own ids. */
  static Set<EntryId> coveredBy(EntryId id, Collection<Event> events) {
    return events.stream()
        .filter(event -> event.type().equals(Payloads.OBS_SUMMARY))
        .filter(event -> event.ids("covers").contains(id))
        .map(Event::summary)
        .collect(Collectors.toSet());
  }

  private static Optional<Instant> hiddenFrom(EntryId id, Collection<Event> events) {
    Stream<Event> summaries =
        coveredBy(id, events).stream()
            .filter(summary -> retractions(summary, events).findAny().isEmpty())
            .flatMap(summary -> statement(summary, events).stream());
    Stream<Event> imported = statement(id, events).stream().filter(Event::isInactive);
    return Stream.of(retractions(id, events), summaries, imported)
        .flatMap(found -> found)
        .map(event -> event.time().orElse(Instant.EPOCH))
        .min(Instant::compareTo);
  }

  private static Stream<Event> retractions(EntryId id, Collection<Event> events) {
    return events.stream()
        .filter(event -> event.type().equals(Payloads.OBS_RETRACT))
        .filter(event -> event.ids("observation").contains(id));
  }

  private static ItemState state(Event event, Optional<Instant> hiddenFrom) {
    boolean summary = event.type().equals(Payloads.OBS_SUMMARY);
    return new ItemState(
        event.id(),
        KnowledgeKind.OBSERVATION,
        event
            .text("type")
            .filter(type -> !type.isBlank())
            .orElse((summary ? ObservationType.SUMMARY : ObservationType.GENERAL).word()),
        event.text("text").orElseThrow(),
        Math.max(0, event.permille().orElseThrow()),
        1,
        event.time(),
        event.entry().lamport(),
        event.origin(),
        event.text("node").orElse(""),
        event.texts("sources").orElse(List.of()),
        event.text("provenance").orElse(""),
        hiddenFrom,
        Optional.empty(),
        Optional.empty(),
        event.flag("tainted"),
        event.text("ref").orElse(""),
        event.texts("tags").orElse(List.of()));
  }
}
