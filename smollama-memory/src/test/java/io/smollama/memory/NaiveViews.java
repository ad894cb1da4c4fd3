package io.smollama.memory;

import io.smollama.core.ClockHistory;
import io.smollama.core.EntryId;
import io.smollama.core.JournalEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of the views said once more, slowly, in other words than the folds use. */
final class NaiveViews {
  private final List<Event> events;

  NaiveViews(Collection<JournalEntry> entries) {
    this.events =
        Set.copyOf(entries).stream()
            .flatMap(entry -> Event.of(entry).stream())
            .map(event -> event.dated(clocks(event, entries)))
            .sorted(Event.ORDER)
            .toList();
  }

  private static ClockHistory clocks(Event event, Collection<JournalEntry> entries) {
    return ClockHistory.of(
        entries.stream()
            .filter(entry -> entry.chain().origin().equals(event.origin()))
            .filter(WriterClocks::isMark)
            .flatMap(entry -> WriterClocks.mark(entry).stream())
            .toList());
  }

  /** One line for each row, by its id. */
  Map<EntryId, String> rows() {
    Map<EntryId, String> rows = new TreeMap<>();
    for (Event event : events) {
      if (event.type().equals("obs.add")
          || (event.type().equals("obs.summary") && event.states())) {
        rows.put(event.id(), observation(event));
      } else if (event.type().equals("mem.add")) {
        Set<EntryId> together = together(event.id());
        EntryId first = adds(together).min(Event.ORDER).map(Event::id).orElseThrow();
        rows.put(first, fact(together));
      }
    }
    return rows;
  }

  private String observation(Event event) {
    boolean hidden = retracted(event.id()) || summaries(event.id()).anyMatch(s -> !retracted(s));
    return "%s|%d|%s|%s"
        .formatted(event.text("text").orElseThrow(), event.permille().get(), !hidden, event.when());
  }

  private boolean retracted(EntryId id) {
    return events.stream()
        .anyMatch(e -> e.type().equals("obs.retract") && e.id("observation").get().equals(id));
  }

  private Stream<EntryId> summaries(EntryId covered) {
    return events.stream()
        .filter(e -> e.type().equals("obs.summary") && e.ids("covers").contains(covered))
        .map(e -> e.states() ? e.id() : e.id("of").orElseThrow())
        .filter(id -> !id.equals(covered))
        .filter(
            id ->
                events.stream()
                    .anyMatch(
                        e -> e.id().equals(id) && e.states() && e.type().equals("obs.summary")));
  }

  private Stream<Event> adds(Set<EntryId> of) {
    return events.stream().filter(e -> e.type().equals("mem.add") && of.contains(e.id()));
  }

  /** Grows until no merge adds anything. */
  private Set<EntryId> together(EntryId start) {
    Set<EntryId> all =
        adds(events.stream().map(Event::id).collect(Collectors.toSet()))
            .map(Event::id)
            .collect(Collectors.toSet());
    Set<EntryId> together = new HashSet<>(Set.of(start));
    int before = 0;
    while (together.size() > before) {
      before = together.size();
      for (Event merge : events) {
        Set<EntryId> ids = new HashSet<>(merge.ids("memories"));
        ids.retainAll(all);
        if (merge.type().equals("mem.merge") && ids.stream().anyMatch(together::contains)) {
          together.addAll(ids);
        }
      }
    }
    return together;
  }

  private String fact(Set<EntryId> together) {
    List<Event> writes =
        events.stream()
            .filter(
                e ->
                    (e.type().equals("mem.add") && together.contains(e.id()))
                        || about(e, "mem.edit", together))
            .toList();
    int confirmed = (int) adds(together).count() + perOrigin("mem.confirm", together, 20);
    int base =
        last(events.stream().filter(e -> about(e, "mem.edit", together)).toList(), Event::permille)
            .orElseGet(() -> adds(together).mapToInt(e -> e.permille().get()).max().orElseThrow());
    int confidence =
        base + 50 * (confirmed - 1) - 100 * perOrigin("mem.dispute", together, Integer.MAX_VALUE);
    boolean active =
        events.stream()
            .filter(e -> about(e, "mem.retract", together) || about(e, "mem.restore", together))
            .max(Comparator.comparing(Event::byOperator).thenComparing(Event.ORDER))
            .map(e -> e.type().equals("mem.restore"))
            .orElse(true);
    return "%s|%d|%s|%d|%s|%s|%s"
        .formatted(
            last(writes, e -> e.text("text")).orElseThrow(),
            Math.max(0, Math.min(1000, confidence)),
            active,
            confirmed,
            validTo(together),
            last(writes, e -> e.texts("tags")).orElse(List.of()),
            adds(together).min(Event.ORDER).orElseThrow().when());
  }

  private String validTo(Set<EntryId> together) {
    Instant said =
        adds(together).min(Event.ORDER).flatMap(Event::time).orElse(Instant.MIN); // no time, no say
    Instant end = Instant.MAX;
    Instant begin = Instant.MIN;
    for (Event e : events) {
      boolean writes =
          (e.type().equals("mem.add") && together.contains(e.id()))
              || about(e, "mem.edit", together);
      if (writes && e.bounds("valid_from")) {
        begin = e.instant("valid_from").orElse(Instant.MIN);
      }
      if (closes(e, together)) {
        Instant since = e.instant("valid_from").or(e::time).orElse(Instant.EPOCH);
        if (!nobodyKnows(e, since) || e.workedOut().isPresent()) {
          end = nobodyKnows(e, since) ? e.workedOut().get() : since;
        } else if (end == Instant.MAX) {
          end = later(said, since);
        }
      } else if (writes && e.bounds("valid_to")) {
        Instant to = e.instant("valid_to").orElse(Instant.MAX);
        end =
            e.type().equals("mem.edit") && nobodyKnows(e, to)
                ? e.workedOut().orElse(later(said, to))
                : to;
      }
    }
    return end == Instant.MAX ? "never" : later(begin, end).toString();
  }

  private static boolean nobodyKnows(Event by, Instant bound) {
    Instant clock = by.seen().orElse(Instant.EPOCH);
    return Stream.of(clock, bound).allMatch(time -> time.toString().startsWith("1970-"));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isBefore(other) ? other : one;
  }

  private static boolean closes(Event event, Set<EntryId> together) {
    return event.type().equals("mem.add")
        && !together.contains(event.id())
        && event.ids("supersedes").stream().anyMatch(together::contains);
  }

  private static boolean about(Event event, String type, Set<EntryId> together) {
    return event.type().equals(type) && together.contains(event.id("memory").orElseThrow());
  }

  private int perOrigin(String type, Set<EntryId> together, int most) {
    return events.stream()
        .filter(e -> about(e, type, together))
        .collect(Collectors.groupingBy(Event::origin, Collectors.counting()))
        .values()
        .stream()
        .mapToInt(times -> (int) Math.min(times, most))
        .sum();
  }

  private static <T> Optional<T> last(List<Event> of, Function<Event, Optional<T>> register) {
    return of.stream().flatMap(e -> register.apply(e).stream()).reduce((one, later) -> later);
  }
}
