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
  private ObservationFold() {}

  /**
   * One observation; empty if it has not arrived.
   *
   * @param events all that concern it
   * @param ofSummaries all that concern the summaries that cover it
   */
  static Optional<ItemState> of(
      EntryId id, Collection<Event> events, Collection<Event> ofSummaries) {
    Stream<Event> summaries =
        coveredBy(id, events).stream()
            .filter(summary -> retractions(summary, ofSummaries).findAny().isEmpty())
            .flatMap(summary -> statement(summary, ofSummaries).stream())
            .filter(event -> event.type().equals(Payloads.OBS_SUMMARY));
    Optional<Instant> hiddenFrom =
        Stream.of(retractions(id, events), summaries, importedAsHidden(id, events))
            .flatMap(found -> found)
            .map(event -> event.time().orElse(Instant.EPOCH))
            .min(Instant::compareTo);
    return statement(id, events).map(event -> state(event, hiddenFrom));
  }

  private static Stream<Event> importedAsHidden(EntryId id, Collection<Event> events) {
    return statement(id, events).stream().filter(Event::isInactive);
  }

  /** What brought an observation into being; a fact is none. */
  private static Optional<Event> statement(EntryId id, Collection<Event> events) {
    return events.stream()
        .filter(event -> event.id().equals(id) && event.states())
        .filter(event -> !event.type().equals(Payloads.MEM_ADD))
        .findFirst();
  }

  /**
   * The summaries that cover an observation, known or not. Nothing covers itself.
   *
   * @param events those that concern it: another's summary among them concerns it by covering it
   */
  static Set<EntryId> coveredBy(EntryId id, Collection<Event> events) {
    return events.stream()
        .filter(event -> event.type().equals(Payloads.OBS_SUMMARY))
        .map(Event::summary)
        .filter(summary -> !summary.equals(id))
        .collect(Collectors.toSet());
  }

  private static Stream<Event> retractions(EntryId id, Collection<Event> events) {
    return events.stream()
        .filter(event -> event.type().equals(Payloads.OBS_RETRACT))
        .filter(event -> event.id("observation").filter(id::equals).isPresent());
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
        event.when(),
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
